namespace Denoised.Simulators.OpenAi;

/// <summary>What can go wrong with an answer of the model service.</summary>
public enum OpenAiFault
{
    /// <summary>429, no header.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After and retry-after-ms.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>500.</summary>
    InternalServerError,

    /// <summary>503.</summary>
    ServiceUnavailable,

    /// <summary>The connection is cut before any work; not paid.</summary>
    ConnectionReset,

    /// <summary>The work is done and paid, but the connection is cut instead of an answer.</summary>
    AnswerLost,

    /// <summary>No answer until the client gives up or <see cref="OpenAiSimulatorOptions.TimeOutAfter"/> has passed; paid, since nobody can tell.</summary>
    TimeOut,

    /// <summary>400: the prompt was filtered.</summary>
    PromptFiltered,

    /// <summary>200 with finish_reason <c>content_filter</c>, the content cut.</summary>
    CompletionFiltered,

    /// <summary>200 with <c>message.refusal</c> and no content.</summary>
    Refusal,

    /// <summary>200 with finish_reason <c>length</c>, the content cut.</summary>
    Truncated,

    /// <summary>200 whose content is not JSON, finish_reason <c>stop</c>.</summary>
    MalformedJson,

    /// <summary>200 whose content is JSON that does not fit the schema.</summary>
    SchemaViolation,

    /// <summary>200 whose texts name a sentence that the paper has not and carry an invented number; about a day, one that names papers it has not.</summary>
    UnverifiableEvidence,

    /// <summary>200 whose texts are far shorter than any that the product accepts.</summary>
    WrongLengths,

    /// <summary>200 whose texts contain a link and markup.</summary>
    Markup,

    /// <summary>429 by the simulated quota; never drawn.</summary>
    Quota,
}
