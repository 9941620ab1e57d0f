namespace Denoised.TestSupport.Chaos;

/// <summary>The numbers and rates of kills and faults of a day. Shared by tests and benchmarks.</summary>
internal sealed record ChaosOptions
{
    /// <summary>The seed of faults, kills and latencies.</summary>
    public required int Seed { get; init; }

    /// <summary>The connection string of the storage account, with the address of each service.</summary>
    public required string Storage { get; init; }

    /// <summary>The folder of the real listings; null announces <see cref="InventedPapers"/>.</summary>
    public string? Listings { get; init; }

    /// <summary>The number of announced papers if there are no listings.</summary>
    public int InventedPapers { get; init; } = 60;

    /// <summary>The number of kills.</summary>
    public required int Kills { get; init; }

    /// <summary>The share of kills that wait for a model call in flight.</summary>
    public double KillsInFlight { get; init; } = 0.85;

    /// <summary>The share of requests with a fault, for arXiv, the model and the storage account alike.</summary>
    public double Faults { get; init; } = 0.2;

    /// <summary>Whether the model reads the full text.</summary>
    public bool FullText { get; init; }

    /// <summary>The clock skew of the instances: one is ahead, the other behind.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The median latency of the model.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The duration of the lease of a paper. The papers of a killed instance wait for its end.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of the day, with a large margin for busy machines.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The path of another <c>Denoised.LocalHost.dll</c>; null uses the one beside this program.</summary>
    public string? Program { get; init; }
}
