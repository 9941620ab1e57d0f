namespace Denoised.Simulators.Arxiv;

/// <summary>The parts of arXiv that are simulated.</summary>
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

    /// <summary>Any other address.</summary>
    Unknown,
}

/// <summary>The two limits that arXiv asks for.</summary>
public enum LimitGroup
{
    /// <summary>Feed and API together, by the terms of use: one request every three seconds, one at a time.</summary>
    FeedAndApi,

    /// <summary>Everything on arxiv.org, by its robots.txt: one request every fifteen seconds.</summary>
    Pages,
}

/// <summary>What can go wrong with an answer of arXiv.</summary>
public enum ArxivFault
{
    /// <summary>429, no header.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>503, no header.</summary>
    ServiceUnavailable,

    /// <summary>503 with Retry-After.</summary>
    ServiceUnavailableWithRetryAfter,

    /// <summary>500.</summary>
    InternalServerError,

    /// <summary>API only: 200 that says there are no results though there are.</summary>
    EmptyAnswer,

    /// <summary>200 whose document ends in the middle; the transfer itself is complete.</summary>
    TruncatedBody,

    /// <summary>The connection is cut in the middle of the body.</summary>
    BrokenTransfer,

    /// <summary>Feed and API only: 200 with a page of HTML.</summary>
    HtmlInsteadOfXml,

    /// <summary>The whole answer, with a pause of <see cref="ArxivSimulatorOptions.SlowFor"/> in its middle.</summary>
    Slow,

    /// <summary>The connection is cut before any answer.</summary>
    ConnectionReset,

    /// <summary>Feed and catch-up page: the items of the listing before, under this day's date; never drawn.</summary>
    EarlierListing,

    /// <summary>Feed and catch-up page: the first half of the items only; the page still counts them all. Never drawn.</summary>
    HalfListing,

    /// <summary>Feed and catch-up page: the items of another category under this category's name; never drawn.</summary>
    OtherCategory,

    /// <summary>Catch-up page only: the page of the listing before; never drawn.</summary>
    OtherDay,

    /// <summary>503 because the service was switched off (<see cref="ArxivSimulator.SetDown"/>); never drawn.</summary>
    Down,

    /// <summary>429 because a limit was broken (<see cref="ArxivSimulatorOptions.EnforceLimits"/>); never drawn.</summary>
    LimitEnforced,
}
