namespace Denoised.Simulators.Arxiv;

/// <summary>How a simulated arXiv behaves.</summary>
public sealed record ArxivSimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The listing day that the feed shows at first; null takes the newest day loaded from <see cref="ListingsFolder"/>, else today's date.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>A folder of <c>listing_*.jsonl</c> to load at the start.</summary>
    public string? ListingsFolder { get; init; }

    /// <summary>The gap that feed and API together ask for; scale it in tests.</summary>
    public TimeSpan FeedAndApiInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The gap that arxiv.org's pages ask for; scale it in tests.</summary>
    public TimeSpan PagesInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How much shorter than asked a gap may be: timers fire up to some milliseconds early.</summary>
    public TimeSpan LimitTolerance { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Answer 429 where a limit was broken, beside noting it.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>Entries on a catch-up page.</summary>
    public int CatchupPageSize { get; init; } = 2000;

    /// <summary>Items in one feed, at most.</summary>
    public int FeedLimit { get; init; } = 2000;

    /// <summary>Answer the API in the older, hard-wrapped format.</summary>
    public bool OlderApiFormat { get; init; }

    /// <summary>The pause of <see cref="ArxivFault.Slow"/>.</summary>
    public TimeSpan SlowFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The value of Retry-After, in seconds, where a fault has one.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The seed of faults drawn by rate.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of requests that meet a fault of any kind, 0 to 1; finer rates are set on <see cref="ArxivSimulator.Faults"/>.</summary>
    public double FaultRate { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
