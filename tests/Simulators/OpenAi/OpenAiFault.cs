namespace Denoised.Simulators.OpenAi;

/// <summary>Faults that the simulated model service injects.</summary>
public enum OpenAiFault
{
    /// <summary>429 without Retry-After.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After and retry-after-ms.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>500.</summary>
    InternalServerError,

    /// <summary>503.</summary>
    ServiceUnavailable,

    /// <summary>The connection is aborted before any processing; not billed.</summary>
    ConnectionReset,

    /// <summary>Processed and billed, but the connection is aborted instead of a response.</summary>
    ResponseLost,

    /// <summary>
    /// No response until the client disconnects or <see cref="OpenAiSimulatorOptions.TimeoutAfter"/> has passed. Counted as billed, because the client
    /// cannot know whether it was.
    /// </summary>
    Timeout,

    /// <summary>400: the content filter rejected the prompt.</summary>
    PromptFiltered,

    /// <summary>200 with finish_reason <c>content_filter</c> and truncated content.</summary>
    CompletionFiltered,

    /// <summary>200 with <c>message.refusal</c> and no content.</summary>
    Refusal,

    /// <summary>200 with finish_reason <c>length</c> and truncated content.</summary>
    Truncated,

    /// <summary>200 with finish_reason <c>stop</c>, but the content is not JSON.</summary>
    MalformedJson,

    /// <summary>200 with JSON content that violates the schema.</summary>
    SchemaViolation,

    /// <summary>
    /// 200 with evidence that refers to a nonexistent sentence and with an invented number; in an overview, with references to unknown papers.
    /// </summary>
    UnverifiableEvidence,

    /// <summary>200 with texts far below the minimum length that the product accepts.</summary>
    TextsTooShort,

    /// <summary>200 with a link and markup in its texts.</summary>
    Markup,

    /// <summary>429 from the simulated quota; never chosen at random.</summary>
    Quota,
}
