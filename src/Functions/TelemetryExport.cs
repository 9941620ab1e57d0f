using Azure.Monitor.OpenTelemetry.Exporter;
using Denoised.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Denoised.Functions;

/// <summary>Exports traces, metrics and logs to where the settings say. Without such a setting nothing is registered, and logs stay with the host.</summary>
internal static class TelemetryExport
{
    /// <summary>Set by the template: Application Insights, with the app's identity instead of the string's key.</summary>
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>OpenTelemetry's own variable: any collector, such as one on this machine.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers the exporters. Both export logs, too: the worker's own logs vanish where no exporter takes them.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configuration">Its settings.</param>
    /// <returns>For what one host adds; null where nothing is exported.</returns>
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

                // By default the exporter keeps about five traces a second: the workbook's counts would be wrong.
                options.SamplingRatio = 1;
                options.TracesPerSecond = null;
            });
        }

        if (isOtlp)
            telemetry.UseOtlpExporter();
        return telemetry;
    }
}
