namespace Denoised.Functions.Tests.Chaos;

/// <summary>How wild a day is. Shared by tests and benchmarks.</summary>
internal sealed record ChaosOptions
{
    /// <summary>The seed of faults, kills and latencies.</summary>
    public required int Seed { get; init; }

    /// <summary>The account, by a connection string that names each service's address.</summary>
    public required string Storage { get; init; }

    /// <summary>The real listings; null announces <see cref="InventedPapers"/>.</summary>
    public string? Listings { get; init; }

    /// <summary>How many papers are announced where there are no listings.</summary>
    public int InventedPapers { get; init; } = 60;

    /// <summary>How often an instance is killed.</summary>
    public required int Kills { get; init; }

    /// <summary>The share of kills for which a call of the instance to the model is waited for.</summary>
    public double KillsInFlight { get; init; } = 0.85;

    /// <summary>The share of requests that meet a fault, at arXiv, at the model and at the storage account alike.</summary>
    public double Faults { get; init; } = 0.2;

    /// <summary>Whether the model reads the papers themselves.</summary>
    public bool FullText { get; init; }

    /// <summary>How far each instance's clock is from the right time: one ahead, one behind.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long half of the model's answers take.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an instance may work on a paper: a dead one's papers wait for the rest of it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this time it is given up as never ending; a busy machine must not come near it.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Another <c>Denoised.LocalHost.dll</c> than the one beside this program; null means that one.</summary>
    public string? Program { get; init; }
}
