using OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>Telemetry of a worker.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Does nothing here: there is no host whose telemetry would have to be told apart from the worker's.</summary>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
}
