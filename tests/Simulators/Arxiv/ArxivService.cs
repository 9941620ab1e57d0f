namespace Denoised.Simulators.Arxiv;

/// <summary>The simulated services of arXiv.</summary>
public enum ArxivService
{
    /// <summary>rss.arxiv.org.</summary>
    Feed,

    /// <summary>export.arxiv.org/api.</summary>
    Api,

    /// <summary>arxiv.org/catchup.</summary>
    Catchup,

    /// <summary>arxiv.org/abs, /html and /pdf.</summary>
    Pages,

    /// <summary>Any other path.</summary>
    Unknown,
}

/// <summary>arXiv's two rate limits.</summary>
public enum LimitGroup
{
    /// <summary>Feed and API combined, by the terms of use: one request every 3 s, one at a time.</summary>
    FeedAndApi,

    /// <summary>All pages of arxiv.org, by its robots.txt: one request every 15 s.</summary>
    Pages,
}

/// <summary>Faults of arXiv's responses.</summary>
public enum ArxivFault
{
    /// <summary>429 without Retry-After.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>503 without Retry-After.</summary>
    ServiceUnavailable,

    /// <summary>503 with Retry-After.</summary>
    ServiceUnavailableWithRetryAfter,

    /// <summary>500.</summary>
    InternalServerError,

    /// <summary>API only: 200 with zero results although there are matches.</summary>
    EmptyAnswer,

    /// <summary>200 with a truncated document; the transfer itself is complete.</summary>
    TruncatedBody,

    /// <summary>The connection is aborted in the middle of the body.</summary>
    BrokenTransfer,

    /// <summary>Feed and API only: 200 with an HTML page.</summary>
    HtmlInsteadOfXml,

    /// <summary>A complete response with a pause of <see cref="ArxivSimulatorOptions.SlowFor"/> in the middle.</summary>
    Slow,

    /// <summary>The connection is aborted before the response.</summary>
    ConnectionReset,

    /// <summary>Feed and catch-up page: the items of the previous listing under this day's date; never drawn.</summary>
    EarlierListing,

    /// <summary>Feed and catch-up page: only the first half of the items, while the page states the full count. Never drawn.</summary>
    HalfListing,

    /// <summary>Feed and catch-up page: the items of another category under this category's name; never drawn.</summary>
    OtherCategory,

    /// <summary>Catch-up page only: the page of the previous listing; never drawn.</summary>
    OtherDay,

    /// <summary>503 because the service is down (<see cref="ArxivSimulator.SetDown"/>); never drawn.</summary>
    Down,

    /// <summary>429 because of a rate limit violation (<see cref="ArxivSimulatorOptions.EnforceLimits"/>); never drawn.</summary>
    LimitEnforced,
}
