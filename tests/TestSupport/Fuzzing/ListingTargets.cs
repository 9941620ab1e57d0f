using System.Text;
using System.Text.Json;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Summaries;
using Denoised.TestSupport.Papers;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>What arXiv announces, and what the collection makes of the papers in it before they are stored.</summary>
internal abstract class ListingTarget(string name, Mutator mutator) : FuzzTarget(name, mutator)
{
    private const string Category = "cs.LG";

    protected static IReadOnlyList<byte[]> Seeds(string? folder, Func<string, bool> isOfThem, params string[] invented) =>
    [
        .. (folder is null ? [] : Directory.GetFiles(folder, "*.xml")).Where(file => isOfThem(Path.GetFileName(file))).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(static seed => seed.Length <= 50_000),
        .. invented.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>The feed of a day.</summary>
    protected static string ReadFeed(string text)
    {
        var listing = ListingFeed.Parse(text, Category);
        Follow([.. listing.Papers.Select(static announced => announced.Paper)]);
        return listing.Problems.Count > 0 ? "papers and problems" : "papers";
    }

    /// <summary>What follows with a paper that was read: its row, its extractive summary, its venue.</summary>
    protected static void Follow(IReadOnlyList<Paper> papers)
    {
        if (papers.Count == 0)
            return;

        // The one that is most likely to be the odd one.
        var paper = papers.MaxBy(static paper => paper.Abstract.Length + paper.Title.Length)!;
        JsonSerializer.SerializeToUtf8Bytes(paper, DomainJson.Default.Paper);
        ExtractiveSummarizer.Summarize(paper, DateTimeOffset.UnixEpoch);
        Venue.Find(paper.Comment);
        _ = paper.IsWithdrawn;
    }

    protected abstract string Parse(string text);

    public override string Read(byte[] input)
    {
        try
        {
            return Parse(Encoding.UTF8.GetString(input));
        }
        catch (ArxivException exception)
        {
            return exception.Failure.ToString();
        }
    }

    protected static IReadOnlyList<Paper> Invented { get; } =
    [
        ArxivWriter.Sample(),
        ArxivWriter.Sample("math/0211159", "On $x^2$ & <b>others</b>") with { Comment = "Accepted at ICML 2026; 12 pages", Abstract = "We show this. In our experiments it wins by 3 percent.\n  Nobody has shown that." },
        ArxivWriter.Sample("2603.00002") with { PrimaryCategory = "cs.CV", Categories = ["cs.CV", "cs.LG"] },
    ];
}

/// <summary>The daily feed, RSS flavour.</summary>
internal sealed class RssTarget(string? folder) : ListingTarget(
    "rss",
    new Mutator(
        Seeds(folder is null ? null : Path.Combine(folder, "rss"), static file => file.StartsWith("rss", StringComparison.Ordinal), ArxivWriter.Rss(Invented), ArxivWriter.Rss([])),
        [
            "]]>", "<![CDATA[", "&#0;", "&#xD800;", "&amp;", "&lol;", "<!--", "-->", "<!DOCTYPE rss [<!ENTITY a \"b\">]>", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>", "<item>", "</item>", "<channel>", "</channel>",
            "<guid>", "oai:arXiv.org:2603.00001v2", "<arxiv:announce_type>", "new", "cross", "replace", "<title>Feed error", "<pubDate>", "Tue, 31 Feb 2026 00:00:00 -0400", "<updated>0001-01-01T00:00:00+14:00</updated>", "Announce Type:", "Abstract:",
            " xmlns='x'", " xmlns:a=''", "<dc:creator>", "(((", ")))", ", ", "xml:space='preserve'", "arXiv:", "<a>", "<b/>",
        ],
        Structure.Markup))
{
    protected override string Parse(string text) => ReadFeed(text);
}

/// <summary>The API's answers, and the daily feed in the Atom flavour.</summary>
internal sealed class AtomTarget(string? folder) : ListingTarget(
    "atom",
    new Mutator(
        [
            .. Seeds(folder is null ? null : Path.Combine(folder, "atom"), static _ => true, ArxivWriter.Api(Invented), ArxivWriter.ApiError("an error")),
            .. Seeds(folder is null ? null : Path.Combine(folder, "rss"), static file => file.StartsWith("atom", StringComparison.Ordinal)),
        ],
        [
            "]]>", "<![CDATA[", "&#0;", "&#xD800;", "&lol;", "<!--", "<!DOCTYPE feed>", "<entry>", "</entry>", "</feed>", "<id>http://arxiv.org/api/errors#x</id>", "http://arxiv.org/abs/2603.00001v9999", "<published>", "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00", "<arxiv:doi>https://doi.org/", "<arxiv:primary_category term=''/>", "<category term='cs.LG'/>", "<author><name>", "<opensearch:totalResults>", " xmlns='http://www.w3.org/2005/Atom'", " xmlns:arxiv='x'", "<author>",
            "Accepted at NeurIPS 2025", "withdrawn by the author",
        ],
        Structure.Markup))
{
    protected override string Parse(string text)
    {
        string? feed = null;
        try
        {
            feed = ReadFeed(text);
        }
        catch (ArxivException)
        {
            // The API's answers are no such feed.
        }

        var page = MetadataFeed.Parse(text);
        Follow(page.Papers);
        return page.Entries == 0 ? feed ?? "no entries" : page.Problems.Count > 0 ? "papers and problems" : "papers";
    }
}

/// <summary>Catch-up pages.</summary>
internal sealed class CatchUpTarget() : ListingTarget(
    "catchup",
    new Mutator(
        [
            .. new[]
            {
                ArxivWriter.CatchUp([.. Invented.Select(static (paper, index) => (paper, (AnnounceType)index))], pages: 2),
                ArxivWriter.CatchUp([.. Enumerable.Range(1, 20).Select(static number => (ArxivWriter.Sample($"2603.{number:00000}"), number % 3 == 0 ? AnnounceType.Cross : AnnounceType.New))], total: 2020, pages: 3),
                ArxivWriter.CatchUp([]),
            }.Select(Encoding.UTF8.GetBytes),
        ],
        [
            "<dt>", "</dt>", "<dd>", "</dd>", "<dl>", "</dl>", "<h1>", "<h3>", "<b>", "<i>", "<a>", "<a href='/abs/2603.00009'>", "<table>", "<td>", "<svg>", "<math>", "<mi>", "<select>", "<template>", "<textarea>", "<script>", "<!--", "-->", "<![CDATA[", "<p>",
            "<p class='mathjax'>", "<span class='descriptor'>", "&#0;", "&amp;", "&notin;", "<frameset>", "<form>", "<nobr>", "<font>", "Total of 99 entries", "Total of 999,999,999 entries", "New submissions (showing 1 of 2 entries)", "/catchup/cs.LG/2026-03-17?page=9999",
            "(cs.LG)", "this https URL", "et al", "<br>", "<div id='dlpage'>", "</div>", "class=\"", "<plaintext>", "<noscript>", "<li>", "<button>",
        ],
        Structure.Markup))
{
    protected override string Parse(string text)
    {
        var page = CatchUpPage.Parse(text, "cs.LG");
        Follow([.. page.Papers.Select(static announced => announced.Paper)]);
        return page.Problems.Count > 0 ? "papers and problems" : "papers";
    }
}
