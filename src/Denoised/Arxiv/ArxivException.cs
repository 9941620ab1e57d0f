namespace Denoised.Arxiv;

/// <summary>Why arXiv's answer could not be used.</summary>
public enum ArxivFailure
{
    /// <summary>No answer, no answer in time, or an error of the server. Later may be better.</summary>
    Unavailable,

    /// <summary>429 or 503: arXiv asks for a pause; <see cref="ArxivException.RetryAfter"/> says how long.</summary>
    Throttled,

    /// <summary>The answer is not what arXiv documents: not XML, an HTML page in place of a feed, a page of unknown structure.</summary>
    Malformed,

    /// <summary>The answer is a listing, but another one than was asked for.</summary>
    OtherListing,

    /// <summary>arXiv has no such category: a setting is wrong.</summary>
    UnknownCategory,

    /// <summary>arXiv has no such document.</summary>
    NotFound,

    /// <summary>arXiv refuses the request and says why (an error entry of the API, a status of 400 to 499).</summary>
    Refused,

    /// <summary>The answer is longer than the limit that is set for it.</summary>
    TooLarge,
}

/// <summary>arXiv could not be read. The message names the address, or the part of the answer, and what was wrong with it.</summary>
public sealed class ArxivException(ArxivFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of failure.</summary>
    public ArxivFailure Failure { get; } = failure;

    /// <summary>The address that was read; null where only an answer was parsed.</summary>
    public Uri? Address { get; init; }

    /// <summary>How long arXiv asks to wait; null unless it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same failure with the address it came from.</summary>
    internal ArxivException At(Uri address) =>
        Address is not null ? this : new ArxivException(Failure, $"{address}: {Message}", InnerException) { Address = address, RetryAfter = RetryAfter };
}
