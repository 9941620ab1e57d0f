using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Publishing.Citations;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;
using Denoised.Text;

namespace Denoised.Publishing.Pages;

/// <summary>
/// Derives the data that the page's templates need beyond the snapshots. <c>frontend/src/templates/contexts.ts</c> implements the same; both pass
/// <c>frontend/test/derive-cases.json</c>.
/// </summary>
internal static class TemplateContexts
{
    private const int DescriptionLength = 180;
    private const int MaxBylineAuthors = 8;
    private const int SentencesOnCard = 2;

    /// <summary>The data of the template <c>card</c> in the list of a day.</summary>
    public static JsonObject Card(PaperCard card) =>
        Card(JsonSerializer.SerializeToNode(card, PublishingJson.Default.PaperCard)!.AsObject(), card, isPage: false);

    /// <summary>The data of the template <c>card</c> on the page of the paper.</summary>
    public static JsonObject CardOf(PaperView paper)
    {
        var card = PaperViews.Card(paper);
        var context = Node(paper);
        context["authors"] = Texts(card.Authors);
        context["authorCount"] = card.AuthorCount;
        context["language"] = card.Language;
        context["keyPoints"] = Texts(card.KeyPoints);
        Card(context, card, isPage: true);

        // Without a model, the key points are sentences of the abstract, which marks them.
        var points = paper.Summary.Provenance.Method == SummaryMethod.Extractive ? [] : paper.Summary.Claims();
        context["points"] = new JsonArray([.. points.Select(point => new JsonObject
        {
            ["claim"] = point.Claim,
            ["evidence"] = Evidence(paper, point.Evidence),
        })]);
        return context;
    }

    /// <summary>The data of the templates <c>paper</c>, <c>paper-head</c> and <c>paper-page</c>.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    /// <param name="reportErrorsTo"><see cref="PublishingOptions.ReportErrorsTo"/>.</param>
    /// <param name="related">The paper's related papers.</param>
    public static JsonObject Paper(PaperView paper, string? site, string? reportErrorsTo = null, RelatedPapers? related = null)
    {
        var context = Node(paper);
        context["key"] = paper.Id.Key;
        context["authorCount"] = paper.Authors.Count;
        context["allAuthors"] = paper.Authors.Count > MaxBylineAuthors ? string.Join(", ", paper.Authors) : null;
        context["resultsEvidence"] = Evidence(paper, paper.Summary.ResultsEvidence);
        context["language"] = SummaryLanguage.OnPage(paper.Summary.Provenance.Language);
        var isWritten = paper.Summary.Provenance.Method != SummaryMethod.Extractive;
        context["written"] = isWritten;
        context["parts"] = isWritten ? null : AnnotatedAbstract.PartsOf(paper.Abstract, paper.Summary);
        context["inferred"] = isWritten && !string.IsNullOrEmpty(paper.Summary.Implications);
        context["previous"] = new JsonArray([.. context["previous"]!.AsArray().Reverse().Select(former => former!.DeepClone())]);
        context["report"] = ErrorReport.AddressOf(reportErrorsTo, paper, site);
        context["plainTitle"] = Citation.PlainLine(paper.Title);
        context["revised"] = paper.Version > 1 ? context["updated"]?.DeepClone() : null;
        context["description"] = Description(paper.Summary.Tldr?.Claim ?? paper.Summary.Overview ?? paper.Abstract);
        context["page"] = true;
        context["site"] = site;
        context["related"] = Related(related?.Related ?? []);
        context["duplicates"] = Related(related?.Duplicates ?? []);
        return context;
    }

    /// <summary>The data of the templates around the papers of a day.</summary>
    public static JsonObject Day(SiteIndex index, ListingDay shown, DateTimeOffset now, string? site = null)
    {
        var context = JsonSerializer.SerializeToNode(index, PublishingJson.Default.SiteIndex)!.AsObject();
        var days = context["days"]!.AsArray();
        var place = index.Days.Index().First(entry => entry.Item.Day == shown).Index;
        foreach (var (name, value) in days[place]!.DeepClone().AsObject().ToList())
            context[name] = value?.DeepClone();

        context["site"] = site;
        context["newest"] = place == 0;
        context["kept"] = days.Count > 1 ? days.Count : null;
        context["previousDay"] = place + 1 < days.Count ? index.Days[place + 1].Day.ToString() : null;
        context["nextDay"] = place > 0 ? index.Days[place - 1].Day.ToString() : null;
        var next = index.Upcoming.FirstOrDefault(announcement => announcement.At > now);
        context["next"] = next is null ? null : JsonSerializer.SerializeToNode(next, PublishingJson.Default.Announcement);
        days[place]!["current"] = "page";
        foreach (var tag in context["tags"]!.AsArray())
            tag!["slug"] = Tag.Slug(tag["tag"]!.GetValue<string>());
        return context;
    }

    /// <summary>A quote with the heading of its section, and the address of the section in the HTML version, if it has one.</summary>
    public static JsonObject? Evidence(PaperView paper, Evidence? evidence)
    {
        if (evidence is null)
            return null;

        var provenance = paper.Summary.Provenance;
        var address = evidence.Anchor is { Length: > 0 } anchor && provenance.Source == TextOrigin.Html && !paper.Sample
            ? string.Create(CultureInfo.InvariantCulture, $"https://arxiv.org/html/{paper.Id}v{provenance.PaperVersion}#{anchor}")
            : null;
        return new JsonObject
        {
            ["quote"] = evidence.Quote,
            ["weak"] = evidence.Weak,
            ["where"] = evidence.Section ?? (address is null ? null : "In arXiv’s HTML"),
            ["href"] = address,
        };
    }

    /// <summary>The data of the template <c>overview</c>.</summary>
    public static JsonObject Overview(OverviewView overview)
    {
        var context = JsonSerializer.SerializeToNode(overview, PublishingJson.Default.OverviewView)!.AsObject();
        context["language"] = SummaryLanguage.OnPage(overview.Provenance.Language);
        foreach (var (place, theme) in overview.Themes.Index())
        {
            var node = context["themes"]![place]!;
            node["count"] = theme.Papers.Count;
            foreach (var (paper, shown) in theme.Papers.Zip(node["papers"]!.AsArray()))
                shown!["key"] = paper.Id.Key;
        }

        return context;
    }

    /// <summary>The data of the templates <c>digest-page</c> and <c>digest-head</c>.</summary>
    public static JsonObject DigestOf(DayEntry day, Digest digest, string? site) => new()
    {
        ["day"] = day.Day.ToString(),
        ["site"] = site,
        ["sample"] = day.Sample,
        ["description"] = Shorten(digest.Paragraph ?? digest.Counts),
        ["counts"] = digest.Counts,
        ["paragraph"] = digest.Paragraph,
        ["language"] = digest.Language,
        ["notes"] = Texts(digest.Notes),
        ["heading"] = digest.PapersHeading,
        ["papers"] = new JsonArray([.. digest.Papers.Select(paper => new JsonObject
        {
            ["key"] = paper.Id.Key,
            ["title"] = paper.Title,
            ["byline"] = paper.Byline,
            ["tldr"] = paper.Tldr,
            ["claims"] = Texts(paper.Claims),
            ["paperLanguage"] = paper.Language,
        })]),
        ["themes"] = new JsonArray([.. digest.Themes.Select(theme => new JsonObject
        {
            ["title"] = theme.Title,
            ["sentence"] = theme.Sentence,
            ["others"] = theme.Others > 0 ? theme.Others : null,
            ["papers"] = new JsonArray([.. theme.Papers.Select(paper => new JsonObject { ["key"] = paper.Id.Key, ["title"] = paper.Title })]),
        })]),
    };

    /// <summary>The beginning of a text with TeX, as a description in plain text.</summary>
    public static string Description(string text) => Shorten(TexReader.PlainText(text));

    /// <summary>The beginning of a plain text on one line, at most 180 characters, cut between two words.</summary>
    public static string Shorten(string text)
    {
        var line = WhiteSpace.Replace(text, " ").Trim();
        if (line.Length <= DescriptionLength)
            return line;

        // A single word that exceeds the limit is cut at the limit.
        var end = line.LastIndexOf(' ', DescriptionLength - 1);
        var cut = line[..(end > 0 ? end : DescriptionLength - 1)];
        return (cut[^1] is ',' or ';' or ':' or '.' ? cut[..^1] : cut) + "…";
    }

    /// <summary>The authors on a card, and the number of the others.</summary>
    public static string Byline(IReadOnlyList<string> authors, int authorCount) =>
        string.Join(", ", authors) + (authorCount > authors.Count ? $" and {authorCount - authors.Count} more" : "");

    private static JsonObject Card(JsonObject context, PaperCard card, bool isPage)
    {
        context["page"] = isPage;
        context["key"] = card.Id.Key;
        context["byline"] = Byline(card.Authors, card.AuthorCount);
        context["tags"] = new JsonArray([.. card.Tags.Select(tag => new JsonObject { ["name"] = tag, ["slug"] = Tag.Slug(tag) })]);
        context["points"] = new JsonArray([.. card.KeyPoints.Take(card.Status == PaperStatus.Model ? card.KeyPoints.Count : SentencesOnCard)
            .Select(claim => new JsonObject { ["claim"] = claim })]);
        return context;
    }

    private static JsonArray Related(IReadOnlyList<RelatedPaper> papers) =>
        new([.. papers.Select(paper => new JsonObject
        {
            ["key"] = paper.Id.Key,
            ["id"] = paper.Id.Value,
            ["title"] = paper.Title,
            ["day"] = paper.Day.ToString(),
        })]);

    private static JsonObject Node(PaperView paper) => JsonSerializer.SerializeToNode(paper, PublishingJson.Default.PaperView)!.AsObject();

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    private static readonly LinearRegex WhiteSpace = new(@"\s+");
}
