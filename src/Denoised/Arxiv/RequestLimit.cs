namespace Denoised.Arxiv;

/// <summary>A limit on requests that all instances keep together.</summary>
/// <param name="Name">The name under which they share it.</param>
/// <param name="Interval">The pause from the end of one request to the start of the next.</param>
/// <param name="RequestTimeout">The longest that a request may take, its answer included.</param>
public sealed record RequestLimit(string Name, TimeSpan Interval, TimeSpan RequestTimeout)
{
    /// <summary>A pause that arXiv asked for is waited out up to this length; a longer one is reported to whoever wants a permit.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Feeds and API: arXiv's terms of use count them together (https://info.arxiv.org/help/api/tou.html).</summary>
    public static RequestLimit Api(ArxivOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RequestLimit("api", options.ApiInterval, options.RequestTimeout) { LongestPause = options.LongestWait };
    }

    /// <summary>Catch-up pages, HTML and PDF: the crawl delay of arxiv.org/robots.txt.</summary>
    public static RequestLimit Pages(ArxivOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RequestLimit("pages", options.PageInterval, options.RequestTimeout) { LongestPause = options.LongestWait };
    }
}
