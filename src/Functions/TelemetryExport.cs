using Azure.Monitor.OpenTelemetry.Exporter;
using Denoised.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Denoised.Functions;

/// <summary>Exports traces, metrics and logs to the configured destinations. Without any, it registers nothing and logs stay with the host.</summary>
internal static class TelemetryExport
{
    /// <summary>Set by the deployment template: Application Insights, authenticated by the app's identity instead of the instrumentation key.</summary>
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The standard OpenTelemetry variable: any collector, for example a local one.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers the exporters. Both also export logs: without an exporter, the worker's own logs are lost.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings.</param>
    /// <returns>A builder for host-specific additions; null if nothing is exported.</returns>
    public static OpenTelemetryBuilder? AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = configuration[ApplicationInsights];
        var isOtlp = !string.IsNullOrEmpty(configuration[OtlpEndpoint]);
        if (string.IsNullOrEmpty(connection) && !isOtlp)
            return null;

        var telemetry = services.AddOpenTelemetry();
        telemetry.WithTracing(traces => traces.AddSource(Telemetry.Name)).WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        if (!string.IsNullOrEmpty(connection))
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                if (AzureIdentity.IsConfigured(configuration))
                    options.Credential = AzureIdentity.Credential(configuration);

                // By default, the exporter samples about five traces per second, which would distort the workbook's counts.
                options.SamplingRatio = 1;
                options.TracesPerSecond = null;
            });
        }

        if (isOtlp)
            telemetry.UseOtlpExporter();
        return telemetry;
    }
}
