using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>Why a paper has no model summary.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FallbackReason>))]
public enum FallbackReason
{
    /// <summary>No reason: nothing prevents the model summary.</summary>
    None,

    /// <summary>No model is configured. Retried once one is.</summary>
    NoModel,

    /// <summary>The day was backfilled, and the settings exclude backfilled days from model summaries. Retried when that setting changes.</summary>
    Backfill,

    /// <summary>The day's token budget is exhausted. A later collection retries.</summary>
    Budget,

    /// <summary>The model service is throttling, unreachable, or rejects requests because of its configuration.</summary>
    Throttled,

    /// <summary>arXiv's rate limit for pages admits another paper first.</summary>
    Turn,

    /// <summary>arXiv does not respond, or asks clients to back off.</summary>
    ArxivBusy,

    /// <summary>The latest attempt failed.</summary>
    Failure,

    /// <summary>The paper is withdrawn, so there is nothing to summarize.</summary>
    Withdrawn,

    /// <summary>The service's content filter rejected the paper. Final.</summary>
    ContentFilter,

    /// <summary>The model refused. Final.</summary>
    Refused,

    /// <summary>The model's output failed verification even after one repair, or was truncated at every output limit. Final.</summary>
    Unverified,
}
