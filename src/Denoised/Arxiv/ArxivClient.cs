using System.Globalization;
using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Arxiv.RateLimiting;
using Denoised.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv;

/// <summary>
/// Reads arXiv: feeds, catch-up pages, the API and documents. Each request, retry and redirect takes its own rate limit lease from
/// <see cref="DistributedRateLimiter"/>. Every failure is an <see cref="ArxivException"/> that names the address.
/// </summary>
public sealed class ArxivClient(
    HttpClient http, DistributedRateLimiter rateLimiter, IOptions<ArxivOptions> options, TimeProvider time, ILogger<ArxivClient> logger)
{
    /// <summary>The maximum number of papers in one API request.</summary>
    public const int MetadataBatch = 100;

    private const int MaxCatchUpPages = 10;
    private const int SubmittedBatch = 200;
    private const int MaxSubmittedPages = 25;
    private readonly ArxivOptions options = options.Value;
    private readonly ArxivRequests requests = new(http, rateLimiter, options.Value, time, logger);

    /// <summary>Reads the feed of a category: its latest announcement. An empty or outdated feed is a valid result.</summary>
    /// <exception cref="ArxivException">The feed cannot be read; see <see cref="ArxivFailure"/>.</exception>
    public async Task<Listing> ReadListingAsync(string category, CancellationToken cancellationToken)
    {
        Require(category);
        var address = new Uri(options.FeedAddress, "/rss/" + category);
        return Parse(
            address,
            await ReadTextAsync(address, RateLimit.Api(options), options.MaxFeedBytes, category, cancellationToken),
            text => ListingFeed.Parse(text, category));
    }

    /// <summary>Reads a category's announcement of one of the last 90 days, from all pages of that day.</summary>
    /// <exception cref="ArxivException">A page cannot be read; see <see cref="ArxivFailure"/>.</exception>
    public async Task<Listing> ReadCatchUpAsync(string category, ListingDay day, CancellationToken cancellationToken)
    {
        Require(category);
        var papers = new List<AnnouncedPaper>();
        var problems = new List<string>();
        var seen = new HashSet<ArxivId>();
        var (entries, unreadable) = (0, 0);
        for (var number = 1; ; number++)
        {
            var address = new Uri(
                options.PageAddress,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/catchup/{category}/{day}?abs=True{(number == 1 ? "" : "&page=")}{(number == 1 ? null : number)}"));
            var page = Parse(
                address,
                await ReadTextAsync(address, RateLimit.Pages(options), options.MaxPageBytes, category, cancellationToken),
                text => CatchUpPage.Parse(text, category, number));
            if (page.Day != day)
                throw new ArxivException(ArxivFailure.WrongListing, $"this page is about {page.Day}, not about {day}.").At(address);

            foreach (var paper in page.Papers)
            {
                if (seen.Add(paper.Paper.Id))
                    papers.Add(paper with { Position = entries + paper.Position });
                else
                    problems.Add($"{paper.Paper.Id} is in the catch-up pages of {category} on {day} twice; the first one counts.");
            }

            problems.AddRange(page.Problems);
            entries += page.Entries;
            unreadable += page.Entries - page.Papers.Count;
            if (entries >= page.Total || page.Entries == 0 || !page.HasNext || number == MaxCatchUpPages)
            {
                if (entries != page.Total)
                    problems.Add($"arXiv announces {page.Total} entries in {category} on {day}, and its pages show {entries}.");
                return new Listing
                {
                    Category = category,
                    Day = day,
                    Papers = papers,
                    Problems = problems,
                    Source = ListingSource.CatchUp,
                    IsPartial = entries < page.Total,
                    HasUnreadableEntries = unreadable > 0,
                };
            }
        }
    }

    /// <summary>Reads the metadata of papers from the API, in batches of <see cref="MetadataBatch"/>.</summary>
    /// <exception cref="ArxivException">The API cannot be read; see <see cref="ArxivFailure"/>.</exception>
    public async Task<MetadataResponse> ReadMetadataAsync(IReadOnlyCollection<ArxivId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var papers = new Dictionary<ArxivId, Paper>();
        var problems = new List<string>();
        foreach (var batch in ids.Distinct().Chunk(MetadataBatch))
        {
            var address = new Uri(
                options.ApiAddress,
                string.Create(CultureInfo.InvariantCulture, $"/api/query?id_list={string.Join(',', batch)}&start=0&max_results={batch.Length}"));
            var page = await ReadApiAsync(address, cancellationToken);
            problems.AddRange(page.Problems);
            foreach (var paper in page.Papers.Where(paper => batch.Contains(paper.Id)))
                papers.TryAdd(paper.Id, paper);
        }

        return new MetadataResponse([.. papers.Values], [.. ids.Distinct().Where(id => !papers.ContainsKey(id))], problems);
    }

    /// <summary>
    /// Reads the papers submitted to a category within a time range from the API. This is the last resort for a missed day: a listing does not
    /// match a range of submission times exactly. Papers with another primary category are marked as cross-listed. The listing has no day.
    /// </summary>
    /// <param name="category">The category.</param>
    /// <param name="from">The start, inclusive, in whole minutes.</param>
    /// <param name="to">The end, exclusive, in whole minutes.</param>
    /// <param name="cancellationToken">Cancels the wait and the request.</param>
    /// <exception cref="ArxivException">
    /// The API cannot be read. <see cref="ArxivFailure.Unavailable"/> also if it reports a count but returns no papers.
    /// </exception>
    public async Task<Listing> ReadSubmittedAsync(string category, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        Require(category);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);

        // API ranges are inclusive at both ends and have a resolution of one minute.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"cat:{category}+AND+submittedDate:[{from.UtcDateTime:yyyyMMddHHmm}+TO+{to.UtcDateTime.AddMinutes(-1):yyyyMMddHHmm}]");
        var papers = new Dictionary<ArxivId, AnnouncedPaper>();
        var problems = new List<string>();
        var entries = 0;
        for (var number = 0; number < MaxSubmittedPages; number++)
        {
            var address = new Uri(
                options.ApiAddress,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/api/query?search_query={query}&sortBy=submittedDate&sortOrder=ascending&start={entries}&max_results={SubmittedBatch}"));
            var page = await ReadApiAsync(address, cancellationToken);
            if (page.Entries == 0 && page.Total > entries)
                throw new ArxivException(ArxivFailure.Unavailable, $"the API counts {page.Total} papers and shows none after the first {entries}.").At(address);

            problems.AddRange(page.Problems);
            foreach (var paper in page.Papers.Where(paper => paper.Published is not { } published || (published >= from && published < to)))
            {
                var type = paper.PrimaryCategory == category ? AnnounceType.New : AnnounceType.Cross;
                papers.TryAdd(paper.Id, new AnnouncedPaper(paper, type, papers.Count));
            }

            entries += page.Entries;
            if (page.Entries == 0 || entries >= (page.Total ?? 0))
                return new Listing
                {
                    Category = category,
                    Day = null,
                    Papers = [.. papers.Values.OrderBy(static paper => paper.Position)],
                    Problems = problems,
                    Source = ListingSource.SubmissionDates,
                };
        }

        throw new ArxivException(
            ArxivFailure.TooLarge, $"the API shows more than {MaxSubmittedPages * SubmittedBatch} papers in {category} between {from:u} and {to:u}.");
    }

    /// <summary>Reads a document from arxiv.org, such as <c>/html/2603.15569v1</c> or <c>/pdf/2603.15569v1</c>.</summary>
    /// <param name="path">The path, with a leading slash.</param>
    /// <param name="maxBytes">The size limit in bytes.</param>
    /// <param name="cancellationToken">Cancels the wait and the request.</param>
    /// <exception cref="ArxivException">The document cannot be read; <see cref="ArxivFailure.NotFound"/> if arXiv does not have it.</exception>
    public Task<ArxivDocument> ReadDocumentAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        if (path is not ['/', not ('/' or '\\'), ..])
            throw new ArgumentException($"'{path}' is not a path.", nameof(path));
        return requests.ReadAsync(new Uri(options.PageAddress, path), RateLimit.Pages(options), maxBytes, category: null, cancellationToken);
    }

    /// <summary>Reads a document from arxiv.org if a rate limit lease is available immediately.</summary>
    /// <param name="path">The path, with a leading slash.</param>
    /// <param name="maxBytes">The size limit in bytes.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The document; null if no lease is available.</returns>
    /// <exception cref="ArxivException">The document cannot be read; <see cref="ArxivFailure.NotFound"/> if arXiv does not have it.</exception>
    public async Task<ArxivDocument?> TryReadDocumentAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        if (path is not ['/', not ('/' or '\\'), ..])
            throw new ArgumentException($"'{path}' is not a path.", nameof(path));
        var limit = RateLimit.Pages(options);
        return await rateLimiter.TryAcquireAsync(limit, cancellationToken) is { } lease
            ? await requests.ReadAsync(new Uri(options.PageAddress, path), limit, maxBytes, category: null, cancellationToken, lease)
            : null;
    }

    private async Task<MetadataPage> ReadApiAsync(Uri address, CancellationToken cancellationToken) =>
        Parse(address, await ReadTextAsync(address, RateLimit.Api(options), options.MaxFeedBytes, category: null, cancellationToken), MetadataFeed.Parse);

    private async Task<string> ReadTextAsync(Uri address, RateLimit limit, long maxBytes, string? category, CancellationToken cancellationToken)
    {
        var document = await requests.ReadAsync(address, limit, maxBytes, category, cancellationToken);
        return Text(document);
    }

    private static string Text(ArxivDocument document)
    {
        // arXiv always sends UTF-8. An invalid sequence becomes U+FFFD: one damaged character instead of a lost listing.
        var text = Encoding.UTF8.GetString(document.Content.Span);
        return text.StartsWith('\ufeff') ? text[1..] : text;
    }

    private static T Parse<T>(Uri address, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (ArxivException exception)
        {
            throw exception.At(address);
        }
    }

    private static void Require(string category)
    {
        // The category becomes part of a URL, so it must be well formed.
        if (!ArxivOptions.IsCategory(category))
            throw new ArxivException(ArxivFailure.UnknownCategory, $"'{category}' is not an arXiv category such as cs.LG, stat.ML or hep-th.");
    }
}
