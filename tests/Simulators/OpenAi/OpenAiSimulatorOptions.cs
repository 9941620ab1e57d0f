namespace Denoised.Simulators.OpenAi;

/// <summary>How a simulated model service behaves.</summary>
public sealed record OpenAiSimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whose API it speaks.</summary>
    public SimulatedServer Server { get; init; }

    /// <summary>The deployments that exist; any other name is 404 DeploymentNotFound.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = ["gpt-5.4-mini"];

    /// <summary>What the answer's <c>model</c> appends to the deployment's name.</summary>
    public string ModelVersion { get; init; } = "2026-03-17";

    /// <summary>The one key or token that is accepted; null accepts any, and at local servers none.</summary>
    public string? Key { get; init; }

    /// <summary>How long an answer takes.</summary>
    public Latency Latency { get; init; } = Latency.None;

    /// <summary>Requests a minute; 0 for no limit. As Azure does, it is watched over ten seconds: a bucket of a sixth of it, filled evenly.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>
    /// Tokens a minute; 0 for no limit. A bucket of one minute's tokens, filled evenly. As Azure does, a call is charged before it runs, with the estimated tokens of the prompt
    /// and all of <c>max_completion_tokens</c>, and nothing is given back.
    /// </summary>
    public int TokensPerMinute { get; init; }

    /// <summary>Prompts of more tokens are refused.</summary>
    public int ContextTokens { get; init; } = 272_000;

    /// <summary>Key points (items of arrays of objects) in an answer.</summary>
    public int KeyPoints { get; init; } = 4;

    /// <summary>How long <see cref="OpenAiFault.TimeOut"/> keeps silent.</summary>
    public TimeSpan TimeOutAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The value of Retry-After, in seconds, where a fault has one.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The seed of latencies and of faults drawn by rate.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of calls that meet a fault of any kind, 0 to 1; finer rates are set on <see cref="OpenAiSimulator.Faults"/>.</summary>
    public double FaultRate { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>How long answers take: a logarithmic normal distribution, a fixed time where the spread is 0.</summary>
/// <param name="Median">Half of the answers take longer.</param>
/// <param name="Spread">The standard deviation of the time's natural logarithm: with 0.5, one answer in twenty takes 2.3 medians or more.</param>
public sealed record Latency(TimeSpan Median, double Spread = 0)
{
    /// <summary>No waiting.</summary>
    public static Latency None { get; } = new(TimeSpan.Zero);

    internal TimeSpan Of(int seed, int call) => Spread == 0 ? Median : Median * Math.Exp(Spread * Chance.Normal(seed, "latency", call));
}
