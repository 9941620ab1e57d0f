namespace Denoised.Simulators.FunctionsHost;

/// <summary>The options of a simulated Functions host.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The published program, for example <c>…/Denoised.Functions.dll</c>, in the same folder as host.json.</summary>
    public required string Program { get; init; }

    /// <summary>The application settings, passed to the worker as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The port of the HTTP functions on 127.0.0.1; 0 selects a free one.</summary>
    public int Port { get; init; }

    /// <summary>The key for functions above the level Anonymous. If null, they always return 401.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>A server for requests below <c>/bare/</c>, which use the same forwarder but no invocation; null for none.</summary>
    public Uri? Bare { get; init; }
}
