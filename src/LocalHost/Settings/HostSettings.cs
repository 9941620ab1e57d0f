using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Denoised.LocalHost.Settings;

/// <summary>
/// What this runtime heeds of host.json, with the host's defaults. As on the host, a setting <c>AzureFunctionsJobHost__path__to__value</c> overrides the file.
/// Source: https://learn.microsoft.com/azure/azure-functions/functions-host-json.
/// </summary>
internal sealed record HostSettings
{
    /// <summary>How long a function may run; null means for ever.</summary>
    public TimeSpan? FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The first segment of the address of every HTTP function.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>How many messages are received at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>More messages are received once no more than this many are being processed.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>How often a message is tried before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message rests after a failure.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>The longest pause between two looks at an empty queue. The host's default is a minute, but two seconds on a developer's machine, as here.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages are Base64 (the host's default) rather than plain text.</summary>
    public bool Base64Messages { get; init; } = true;

    /// <summary>Reads host.json of a folder and what overrides it.</summary>
    /// <exception cref="InvalidDataException">The file is missing, is not JSON, or a value is not of its kind; the message names file and value.</exception>
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
        public int Number(string key, int otherwise, int least, int most)
        {
            if (host[key] is not { } text)
                return otherwise;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw Wrong(key, text, $"a whole number of {least} to {most}");
        }

        public TimeSpan Time(string key, TimeSpan otherwise)
        {
            if (host[key] is not { } text)
                return otherwise;
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero
                ? time
                : throw Wrong(key, text, "a time of the form 00:00:30");
        }

        private InvalidDataException Wrong(string key, string text, string expected) =>
            new($"{file}: {key.Replace(':', '.')} is '{text}', but has to be {expected}.");
    }
}
