namespace Denoised.Simulators.Arxiv;

/// <summary>The options of a simulated arXiv.</summary>
public sealed record ArxivSimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 selects a free one.</summary>
    public int Port { get; init; }

    /// <summary>The initial listing day; null for the newest day loaded from <see cref="ListingsFolder"/>, or today's date without one.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>A folder of <c>listing_*.jsonl</c> files to load at startup.</summary>
    public string? ListingsFolder { get; init; }

    /// <summary>The minimum interval of feed and API requests combined; shorten it in tests.</summary>
    public TimeSpan FeedAndApiInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The minimum interval of page requests to arxiv.org; shorten it in tests.</summary>
    public TimeSpan PagesInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The tolerance of the intervals: timers fire up to a few milliseconds early.</summary>
    public TimeSpan LimitTolerance { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether a rate limit violation is answered with 429, in addition to being recorded.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>The number of entries on a catch-up page.</summary>
    public int CatchupPageSize { get; init; } = 2000;

    /// <summary>The maximum number of items in a feed.</summary>
    public int FeedLimit { get; init; } = 2000;

    /// <summary>Whether the API uses the older, hard-wrapped format.</summary>
    public bool OlderApiFormat { get; init; }

    /// <summary>The pause of <see cref="ArxivFault.Slow"/>.</summary>
    public TimeSpan SlowFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The Retry-After value of faults that have one, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The seed of randomly drawn faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The total fault rate, 0 to 1. <see cref="ArxivSimulator.Faults"/> sets rates of individual kinds.</summary>
    public double FaultRate { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
