using Azure.Monitor.OpenTelemetry.Exporter;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Denoised.Functions;

/// <summary>Sends traces, metrics and logs to where the settings say; without such a setting nothing is set up, and logs stay where the host puts them.</summary>
internal static class TelemetryExport
{
    /// <summary>Set by the template: Application Insights, with the app's identity instead of the string's key.</summary>
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>OpenTelemetry's own variable: any collector, such as one on this machine.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var connection = builder.Configuration[ApplicationInsights];
        var isOtlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        if (string.IsNullOrEmpty(connection) && !isOtlp)
            return;

        // Without an exporter for logs the worker's would vanish: both below export all three.
        var telemetry = builder.Services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry.WithTracing(traces => traces.AddSource(Telemetry.Name)).WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        if (!string.IsNullOrEmpty(connection))
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                if (AzureIdentity.IsConfigured(builder.Configuration))
                    options.Credential = AzureIdentity.Credential(builder.Configuration);
            });
        }

        if (isOtlp)
            telemetry.UseOtlpExporter();
    }
}
