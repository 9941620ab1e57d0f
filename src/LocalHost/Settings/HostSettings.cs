using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Denoised.LocalHost.Settings;

/// <summary>
/// The supported settings of host.json, with the host's defaults. As on the host, <c>AzureFunctionsJobHost__path__to__value</c> overrides the file.
/// Source: https://learn.microsoft.com/azure/azure-functions/functions-host-json.
/// </summary>
internal sealed record HostSettings
{
    /// <summary>The time limit of an invocation; null for no limit.</summary>
    public TimeSpan? FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The first path segment of all HTTP functions.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>The number of messages received at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The listener receives more messages once at most this many are in progress.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>The number of attempts before a message moves to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>The delay before a failed message becomes visible again.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>The maximum polling interval of an empty queue. The host's default is one minute, but 2 s on a development machine, as here.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether messages are Base64 (the host's default) instead of plain text.</summary>
    public bool Base64Messages { get; init; } = true;

    /// <summary>Reads a folder's host.json and the overrides.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not JSON, or a value is invalid; the message names the file and the value.</exception>
    public static HostSettings Read(string folder, IConfiguration configuration)
    {
        var file = Path.Combine(folder, "host.json");
        if (!File.Exists(file))
            throw new InvalidDataException($"{file} is missing: the functions' project has to copy its host.json beside its assembly.");

        IConfigurationRoot host;
        try
        {
            host = new ConfigurationBuilder().AddJsonFile(file, optional: false).AddConfiguration(configuration.GetSection("AzureFunctionsJobHost")).Build();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: {e.InnerException?.Message ?? e.Message}", e);
        }

        var version = host["version"];
        if (version != "2.0")
            throw new InvalidDataException($"{file}: \"version\" is '{version}', but has to be \"2.0\".");

        var defaults = new HostSettings();
        var reader = new Reader(file, host);
        var batchSize = reader.Number("extensions:queues:batchSize", defaults.BatchSize, 1, 32);
        return new HostSettings
        {
            FunctionTimeout = host["functionTimeout"] == "-1" ? null : reader.Time("functionTimeout", defaults.FunctionTimeout!.Value),
            RoutePrefix = host["extensions:http:routePrefix"] ?? defaults.RoutePrefix,
            BatchSize = batchSize,
            NewBatchThreshold = reader.Number("extensions:queues:newBatchThreshold", batchSize / 2, 0, 1000),
            MaxDequeueCount = reader.Number("extensions:queues:maxDequeueCount", defaults.MaxDequeueCount, 1, 1000),
            VisibilityTimeout = reader.Time("extensions:queues:visibilityTimeout", defaults.VisibilityTimeout),
            MaxPollingInterval = reader.Time("extensions:queues:maxPollingInterval", defaults.MaxPollingInterval),
            Base64Messages = host["extensions:queues:messageEncoding"]?.ToLowerInvariant() switch
            {
                null or "base64" => true,
                "none" => false,
                var other => throw new InvalidDataException($"{file}: extensions.queues.messageEncoding is '{other}', but has to be \"base64\" or \"none\"."),
            },
        };
    }

    private sealed class Reader(string file, IConfigurationRoot host)
    {
        public int Number(string key, int defaultValue, int least, int most)
        {
            if (host[key] is not { } text)
                return defaultValue;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw CreateError(key, text, $"a whole number of {least} to {most}");
        }

        public TimeSpan Time(string key, TimeSpan defaultValue)
        {
            if (host[key] is not { } text)
                return defaultValue;
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero
                ? time
                : throw CreateError(key, text, "a time of the form 00:00:30");
        }

        private InvalidDataException CreateError(string key, string text, string expected) =>
            new($"{file}: {key.Replace(':', '.')} is '{text}', but has to be {expected}.");
    }
}
