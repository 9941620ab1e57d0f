namespace Denoised.Arxiv.RateLimiting;

/// <summary>A rate limit shared by all instances.</summary>
/// <param name="Name">The shared name of the limit.</param>
/// <param name="Interval">The pause between the end of one request and the start of the next.</param>
/// <param name="RequestTimeout">The maximum duration of a request, including the response.</param>
public sealed record RateLimit(string Name, TimeSpan Interval, TimeSpan RequestTimeout)
{
    /// <summary>The longest pause requested by arXiv that a caller waits for. A longer one causes an <see cref="ArxivException"/>.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The limit for feeds and the API, which arXiv's terms of use count together (https://info.arxiv.org/help/api/tou.html).</summary>
    public static RateLimit Api(ArxivOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RateLimit("api", options.ApiInterval, options.RequestTimeout) { MaxPause = options.MaxRetryAfter };
    }

    /// <summary>The limit for catch-up pages, HTML and PDF: the crawl delay in arxiv.org/robots.txt.</summary>
    public static RateLimit Pages(ArxivOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RateLimit("pages", options.PageInterval, options.RequestTimeout) { MaxPause = options.MaxRetryAfter };
    }
}
