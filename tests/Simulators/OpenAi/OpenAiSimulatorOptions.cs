namespace Denoised.Simulators.OpenAi;

/// <summary>The options of a simulated model service.</summary>
public sealed record OpenAiSimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 selects a free one.</summary>
    public int Port { get; init; }

    /// <summary>The simulated server.</summary>
    public SimulatedServer Server { get; init; }

    /// <summary>The existing deployments; other names return 404 DeploymentNotFound.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = ["gpt-5.4-mini"];

    /// <summary>The version suffix of the response's <c>model</c>.</summary>
    public string ModelVersion { get; init; } = "2026-03-17";

    /// <summary>The only accepted key or token; null accepts any, and with local servers also none.</summary>
    public string? Key { get; init; }

    /// <summary>The latency of responses.</summary>
    public Latency Latency { get; init; } = Latency.None;

    /// <summary>
    /// Requests per minute; 0 for no limit. Like Azure, enforces the limit over 10 s: a token bucket with one sixth of the limit, refilled continuously.
    /// </summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>
    /// Tokens per minute; 0 for no limit. A token bucket with the limit of one minute, refilled continuously. Like Azure, charges each call in advance with
    /// the estimated prompt tokens and all of <c>max_completion_tokens</c>, and refunds nothing.
    /// </summary>
    public int TokensPerMinute { get; init; }

    /// <summary>The context size; longer prompts are rejected.</summary>
    public int ContextTokens { get; init; } = 272_000;

    /// <summary>The number of key points (items of object arrays) in a response.</summary>
    public int KeyPoints { get; init; } = 4;

    /// <summary>The time before <see cref="OpenAiFault.Timeout"/> ends.</summary>
    public TimeSpan TimeoutAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The Retry-After value of faults that have one, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The seed of latencies and randomly drawn faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The total fault rate, 0 to 1. <see cref="OpenAiSimulator.Faults"/> sets rates of individual kinds.</summary>
    public double FaultRate { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>A log-normal latency distribution; constant if the spread is 0.</summary>
/// <param name="Median">The median.</param>
/// <param name="Spread">The standard deviation of the latency's natural logarithm: with 0.5, 5 % of the responses take at least 2.3 times the median.</param>
public sealed record Latency(TimeSpan Median, double Spread = 0)
{
    /// <summary>No latency.</summary>
    public static Latency None { get; } = new(TimeSpan.Zero);

    internal TimeSpan Of(int seed, int call) => Spread == 0 ? Median : Median * Math.Exp(Spread * Chance.Normal(seed, "latency", call));
}
