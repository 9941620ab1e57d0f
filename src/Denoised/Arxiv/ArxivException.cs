namespace Denoised.Arxiv;

/// <summary>Why arXiv's response is unusable.</summary>
public enum ArxivFailure
{
    /// <summary>No response, a timeout or a server error. A retry may succeed.</summary>
    Unavailable,

    /// <summary>429 or 503: arXiv throttles; <see cref="ArxivException.RetryAfter"/> holds the delay.</summary>
    Throttled,

    /// <summary>The response does not have the documented form: not XML, an HTML page instead of a feed, or a page of unknown structure.</summary>
    Malformed,

    /// <summary>The response is a listing of another day than requested.</summary>
    WrongListing,

    /// <summary>arXiv does not have this category: the configuration is wrong.</summary>
    UnknownCategory,

    /// <summary>arXiv does not have this document.</summary>
    NotFound,

    /// <summary>arXiv rejects the request and gives a reason (an error entry of the API, or a 4xx status).</summary>
    Refused,

    /// <summary>The response exceeds its size limit.</summary>
    TooLarge,
}

/// <summary>A request to arXiv failed. The message names the address or the part of the response, and the defect.</summary>
public sealed class ArxivException(ArxivFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of failure.</summary>
    public ArxivFailure Failure { get; } = failure;

    /// <summary>The requested address; null if the exception comes from parsing alone.</summary>
    public Uri? Address { get; init; }

    /// <summary>The delay that arXiv requested; null if it requested none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Returns the same failure with its address.</summary>
    internal ArxivException At(Uri address) =>
        Address is not null ? this : new ArxivException(Failure, $"{address}: {Message}", InnerException) { Address = address, RetryAfter = RetryAfter };
}
