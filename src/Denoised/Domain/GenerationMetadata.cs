namespace Denoised.Domain;

/// <summary>The method, model, time and cost of a generated text.</summary>
public abstract record GenerationMetadata
{
    /// <summary>The method: model or rules.</summary>
    public required SummaryMethod Method { get; init; }

    /// <summary>The model's own name, such as <c>gpt-5.4-mini-2026-03-17</c>; null for a rule-based text.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called; null for a rule-based text.</summary>
    public string? Deployment { get; init; }

    /// <summary>The version of the prompt or of the rules.</summary>
    public required string PromptVersion { get; init; }

    /// <summary>The language, a BCP 47 tag; null for rule-based texts, and for texts written before this field existed (English).</summary>
    public string? Language { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public int InputTokens { get; init; }

    /// <summary>Input tokens that the service read from its cache.</summary>
    public int CachedInputTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public int OutputTokens { get; init; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Whether the tokens were counted locally, because the service did not report them.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>The cost in US dollars, estimated from the configured prices.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>The creation time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Findings of the checks, as short sentences; empty when there are none.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>
    /// The reason why the text is not a model's work on the full input: "no model configured", "content filter", "budget" …; null when it is.
    /// </summary>
    public string? Note { get; init; }
}
