namespace Denoised.Simulators.OpenAi;

/// <summary>A recorded call and its result.</summary>
/// <param name="Number">The sequence number, starting at 1.</param>
/// <param name="At">The time of arrival.</param>
/// <param name="PaperId">The first <c>arXiv:&lt;id&gt;</c> in the user messages, without version; null if there is none.</param>
/// <param name="Attempt">The number of the call about this paper or this day, starting at 1.</param>
public sealed record OpenAiCall(int Number, DateTimeOffset At, string? PaperId, int Attempt)
{
    /// <summary>The listing day, <c>yyyy-MM-dd</c>, of a call for an overview; null for a call about a single paper.</summary>
    public string? Day { get; init; }

    /// <summary>The requested deployment.</summary>
    public string? Model { get; init; }

    /// <summary>The key or token, which identifies the caller.</summary>
    public string? Key { get; init; }

    /// <summary>The time just before the last byte was sent or the connection was aborted; null while the response is in progress.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The response status; 0 while the response is in progress, or if none was sent.</summary>
    public int Status { get; init; }

    /// <summary>The injected fault; null for none.</summary>
    public OpenAiFault? Fault { get; init; }

    /// <summary>The error message of a rejected request.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// Whether the call is billed: it produced a 200 with usage, or the client disconnected after processing began. (Azure also bills filtered prompts;
    /// this simulator does not.)
    /// </summary>
    public bool Paid { get; init; }

    /// <summary>Whether the client disconnected before the response.</summary>
    public bool ClientGone { get; init; }

    /// <summary>The finish reason of the response; null if there is none.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The number of prompt tokens, including cached ones.</summary>
    public int PromptTokens { get; init; }

    /// <summary>The number of cached prompt tokens.</summary>
    public int CachedTokens { get; init; }

    /// <summary>The number of completion tokens, including reasoning.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>The number of reasoning tokens.</summary>
    public int ReasoningTokens { get; init; }
}
