namespace Denoised.Simulators.OpenAi;

/// <summary>A call as it arrived and what became of it.</summary>
/// <param name="Number">1 for the first one.</param>
/// <param name="At">When it arrived.</param>
/// <param name="PaperId">The first <c>arXiv:&lt;id&gt;</c> in the user's messages, without version; null where there is none.</param>
/// <param name="Attempt">1 for the first call about this paper, or this day.</param>
public sealed record OpenAiCall(int Number, DateTimeOffset At, string? PaperId, int Attempt)
{
    /// <summary>The listing day, <c>yyyy-MM-dd</c>, where the call is about all of its papers and not about one; else null.</summary>
    public string? Day { get; init; }

    /// <summary>The deployment asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The key or token that it came with: whose call it is.</summary>
    public string? Key { get; init; }

    /// <summary>When its last byte was about to be sent, or the connection was cut; null while it is being answered.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>0 while it is being answered, and where nothing was sent.</summary>
    public int Status { get; init; }

    /// <summary>What went wrong with it, on purpose.</summary>
    public OpenAiFault? Fault { get; init; }

    /// <summary>The error's message, where the request was refused.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it costs: a 200 with usage was produced, or the client went away after work had begun. (Azure also bills filtered prompts; these do not count here.)</summary>
    public bool Paid { get; init; }

    /// <summary>Whether the client went away before the answer.</summary>
    public bool ClientGone { get; init; }

    /// <summary>As in the answer; null where there is none.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, the cached ones among them.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Tokens of the prompt that had been seen before.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Tokens of the answer, the reasoning ones among them.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>Tokens of the answer that were reasoning.</summary>
    public int ReasoningTokens { get; init; }
}
