namespace Denoised.Summaries;

/// <summary>Who wrote a text, by which instructions, when, and at what cost.</summary>
public abstract record Authorship
{
    /// <summary>Who wrote it: the model, or rules.</summary>
    public required SummaryMethod Method { get; init; }

    /// <summary>The model as it named itself, such as <c>gpt-5.4-mini-2026-03-17</c>; null where rules chose.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called; null where rules chose.</summary>
    public string? Deployment { get; init; }

    /// <summary>The version of the prompt, or of the rules.</summary>
    public required string PromptVersion { get; init; }

    /// <summary>Tokens sent, the cached ones among them.</summary>
    public int TokensIn { get; init; }

    /// <summary>Tokens sent that the service had cached.</summary>
    public int TokensInCached { get; init; }

    /// <summary>Tokens received, the reasoning ones among them.</summary>
    public int TokensOut { get; init; }

    /// <summary>Tokens received that were reasoning.</summary>
    public int TokensOutReasoning { get; init; }

    /// <summary>Whether the service did not report its tokens, so that they were counted here.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>Estimated from the prices in the settings, in US dollars.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the checks found, in short sentences; empty when all is well.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Why this is not the model's work on all that there is to read, where it is not: "no model configured", "content filter", "budget" …</summary>
    public string? Note { get; init; }
}
