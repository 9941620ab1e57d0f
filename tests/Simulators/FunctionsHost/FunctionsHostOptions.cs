namespace Denoised.Simulators.FunctionsHost;

/// <summary>What a simulated Functions host runs, and how.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The published program, such as <c>…/Denoised.Functions.dll</c>; host.json lies beside it.</summary>
    public required string Program { get; init; }

    /// <summary>The application settings; the worker gets them as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The port of the HTTP functions on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The key of functions above the level Anonymous. None set: they answer 401 to everybody.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Requests below <c>/bare/</c> go to this server through the same forwarder, without an invocation; null for none.</summary>
    public Uri? Bare { get; init; }
}
