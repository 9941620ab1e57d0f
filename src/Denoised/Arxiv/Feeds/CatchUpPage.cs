using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.Arxiv.Feeds;

/// <summary>
/// One page of <c>arxiv.org/catchup/cs.LG/2026-03-17?abs=True</c>: a day's announcement, up to 2,000 entries per page, available for 90 days. The
/// HTML is undocumented; this parser follows the output of https://github.com/arXiv/arxiv-browse. A page of any other structure is an error, never
/// an empty day.
/// </summary>
public sealed record CatchUpPage
{
    // arXiv's pages stay below 20. The parser copies the open elements for each new element, so depth also costs memory.
    private const int MaxDepth = 64;

    /// <summary>The day in the page's heading.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>The number of entries of the day on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>The number of entries on this page, including unreadable ones.</summary>
    public required int Entries { get; init; }

    /// <summary>Whether the page links to a page with a higher number.</summary>
    public required bool HasNext { get; init; }

    /// <summary>The readable entries. Positions count within this page.</summary>
    public required IReadOnlyList<AnnouncedPaper> Papers { get; init; }

    /// <summary>One sentence for each unreadable or incomplete entry, with its identifier or position.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Parses a page.</summary>
    /// <param name="html">The decoded page.</param>
    /// <param name="category">The requested category; it distinguishes replacements from cross-listed replacements.</param>
    /// <param name="page">The page number, starting at 1.</param>
    /// <exception cref="ArxivException"><see cref="ArxivFailure.Malformed"/>: the message names the missing part of the structure.</exception>
    public static CatchUpPage Parse(string html, string category, int page = 1)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(category);

        if (UnclosedFormatting.IsExcessive(html))
            throw Unknown($"it leaves more than {UnclosedFormatting.MaxOpenElements} formatting elements open.");
        using var document = new HtmlParser(new HtmlParserOptions { MaximumDepth = 2 * MaxDepth }).ParseDocument(html);
        if (IsDeeperThan(document, MaxDepth))
            throw Unknown($"its elements nest more than {MaxDepth} deep.");
        var content = document.QuerySelector("#dlpage") ?? throw Unknown("it has no element with id 'dlpage'. " + ArxivXml.Beginning(html));
        var heading = ArxivText.Collapsed(content.QuerySelector("h1")?.TextContent);
        if (!DateOnly.TryParseExact(
                HeadingDate.Match(heading).Groups["date"].Value,
                ["d MMM yyyy", "dd MMM yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date))
        {
            throw Unknown($"its heading '{heading}' names no date.");
        }

        // An abstract may contain the same words, so only text outside the lists counts.
        var count = TotalOf.Match(ArxivText.Collapsed(Text(content, without: "dl")));
        if (!int.TryParse(
                count.Groups["total"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture,
                out var total))
        {
            throw Unknown("it does not say 'Total of N entries'.");
        }

        var papers = new List<AnnouncedPaper>();
        var problems = new List<string>();
        var position = 0;
        foreach (var group in content.QuerySelectorAll("dl"))
        {
            var terms = group.QuerySelectorAll("dt").ToList();
            var title = ArxivText.Collapsed(group.QuerySelector("h3")?.TextContent);
            if (terms.Count == 0)
                continue;
            var kind = title switch
            {
                _ when title.StartsWith("New submissions", StringComparison.OrdinalIgnoreCase) => AnnounceType.New,
                _ when title.StartsWith("Cross", StringComparison.OrdinalIgnoreCase) => AnnounceType.Cross,
                _ when title.StartsWith("Replacement", StringComparison.OrdinalIgnoreCase) => AnnounceType.Replace,
                _ => throw Unknown($"a group is headed '{title}', which is neither new, cross nor replacement submissions."),
            };
            if (Shown.Match(title) is { Success: true } shown && shown.Groups["shown"].Value != terms.Count.ToString(CultureInfo.InvariantCulture))
                problems.Add($"The group '{title}' of {category} on {new ListingDay(date)} holds {terms.Count} entries.");

            var descriptions = Following(terms);
            foreach (var term in terms)
            {
                var name = "An entry";
                try
                {
                    var id = Identifier(term, out var version);
                    name = id.Value;
                    var paper = Read(descriptions.GetValueOrDefault(term), id, version, out var isTruncated);
                    if (isTruncated)
                        problems.Add($"{name} (entry {position + 1} of page {page}) shows only some of its authors.");
                    var type = kind == AnnounceType.Replace && paper.PrimaryCategory != category ? AnnounceType.ReplaceCross : kind;
                    papers.Add(new AnnouncedPaper(paper, type, position));
                }
                catch (FormatException exception)
                {
                    problems.Add($"{name} (entry {position + 1} of page {page} of {category} on {new ListingDay(date)}) cannot be read: {exception.Message}");
                }

                position++;
            }
        }

        if (position == 0 && total > 0 && page == 1)
            throw Unknown($"it announces {total} entries and shows none.");
        if (position > 0 && papers.Count == 0)
            throw Unknown($"none of its {position} entries can be read. {problems[0]}");

        return new CatchUpPage
        {
            Day = new ListingDay(date),
            Total = total,
            Entries = position,
            HasNext = content.QuerySelectorAll("a[href*='/catchup/']").Any(link => link.Closest("dl") is null
                && PageNumber.Match(link.GetAttribute("href")!) is { Success: true } number
                && int.Parse(number.Groups["page"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) > page),
            Papers = papers,
            Problems = problems,
        };
    }

    private static ArxivException Unknown(string what) => new(ArxivFailure.Malformed, "this is not a catch-up page as arXiv writes it: " + what);

    private static ArxivId Identifier(IElement term, out int? version)
    {
        var link = term.QuerySelector("a[title='Abstract'], a.list-identifier, .list-identifier a, a[href*='/abs/']");
        var address = link?.GetAttribute("href") ?? throw new FormatException("it has no link to an abstract.");
        var text = address[(address.IndexOf("/abs/", StringComparison.Ordinal) is >= 0 and var start ? start + "/abs/".Length : 0)..];
        return ArxivId.TryParse(text, out var id, out version) ? id : throw new FormatException($"its link '{address}' does not contain an arXiv identifier.");
    }

    /// <summary>Maps each element to its next sibling in one pass over the parent. AngleSharp's own lookup scans from the first child every time.</summary>
    private static Dictionary<IElement, IElement> Following(IEnumerable<IElement> terms)
    {
        var following = new Dictionary<IElement, IElement>();
        foreach (var parent in terms.Select(static term => term.ParentElement).OfType<IElement>().Distinct())
        {
            IElement? previous = null;
            foreach (var child in parent.Children)
            {
                if (previous is not null)
                    following[previous] = child;
                previous = child;
            }
        }

        return following;
    }

    private static Paper Read(IElement? details, ArxivId id, int? version, out bool isTruncated)
    {
        if (details is not { LocalName: "dd" })
            throw new FormatException("its description (dd) is missing.");
        var title = ArxivText.OneLine(Field(details, ".list-title"));
        var summary = ArxivText.Unwrapped(details.QuerySelector("p.mathjax") is { } paragraph ? Text(paragraph) : null);
        if (title.Length == 0 || summary.Length == 0)
            throw new FormatException($"it has no {(title.Length == 0 ? "title" : "abstract")}.");

        var subjects = ArxivText.Collapsed(Field(details, ".list-subjects"));
        var categories = Category.Matches(subjects).Select(static match => match.Groups["category"].Value).ToList();
        var primary = Category.Match(ArxivText.Collapsed(details.QuerySelector(".primary-subject")?.TextContent)) is { Success: true } match
            ? match.Groups["category"].Value
            : categories.FirstOrDefault() ?? throw new FormatException($"its subjects '{subjects}' name no category.");

        var authors = details.QuerySelector(".list-authors");
        var names = authors?.QuerySelectorAll("a")
            .Select(static author => ArxivText.Collapsed(author.TextContent))
            .Where(static name => name.Length > 0)
            .ToList()
            ?? [];
        isTruncated = authors is not null && cutAuthors.IsMatch(new TokenizedText(authors.TextContent));

        return new Paper
        {
            Id = id,
            Version = version ?? 1,
            Title = title,
            Authors = names,
            Abstract = summary,
            PrimaryCategory = primary,
            Categories = [.. categories.Prepend(primary).Distinct(StringComparer.Ordinal)],
            Comment = ArxivText.Collapsed(Field(details, ".list-comments")) is { Length: > 0 } comment ? comment : null,
            JournalReference = ArxivText.Collapsed(Field(details, ".list-journal-ref")) is { Length: > 0 } reference ? reference : null,
        };
    }

    /// <summary>The text of a field without its label ("Title:").</summary>
    private static string? Field(IElement details, string selector)
    {
        if (details.QuerySelector(selector) is not { } field)
            return null;
        var text = new StringBuilder();
        foreach (var child in field.ChildNodes)
        {
            if (child is not IElement { ClassName: { } name } || !name.Contains("descriptor", StringComparison.Ordinal))
                Append(text, child);
        }

        return text.ToString();
    }

    private static string Text(INode node, string? without = null)
    {
        var text = new StringBuilder();
        Append(text, node, without);
        return text.ToString();
    }

    private static bool IsDeeperThan(INode root, int limit)
    {
        List<INode> level = [root];
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth > limit)
                return true;
            level = [.. level.SelectMany(static node => node.ChildNodes)];
        }

        return false;
    }

    /// <summary>
    /// Appends the text as the authors wrote it: arXiv turns an indented line into &lt;br&gt;, and a URL into a link with the text "this https
    /// URL".
    /// </summary>
    private static void Append(StringBuilder text, INode node, string? without = null)
    {
        switch (node)
        {
            case IText { Data: var data }:
                text.Append(data);
                return;
            case IElement { LocalName: "br" }:
                text.Append("\n  ");
                return;
            case IElement { LocalName: var name } when name == without:
                return;
            case IElement { LocalName: "a" } link when HiddenAddress.IsMatch(ArxivText.Trimmed(link.TextContent)) && link.GetAttribute("href") is { } address:
                text.Append(address);
                return;
        }

        // The recursion is bounded: the depth of the page is limited.
        foreach (var child in node.ChildNodes)
            Append(text, child, without);
    }

    private static readonly LinearRegex HeadingDate = new(@"\bon (?:[A-Za-z]{3,9}, )?(?<date>\d{1,2} [A-Z][a-z]{2} \d{4})\b");
    private static readonly LinearRegex TotalOf = new(@"Total of (?<total>[0-9,]{1,9}) entr");
    private static readonly LinearRegex Shown = new(@"showing (?:(?:first|last) )?(?<shown>[0-9]+) of [0-9]+");
    private static readonly LinearRegex PageNumber = new(@"[?&]page=(?<page>[0-9]{1,4})\b");
    private static readonly LinearRegex Category = new(@"\((?<category>[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?)\)");
    private static readonly PhraseMatcher cutAuthors = new(["(et al|authors? not shown)"]);
    private static readonly LinearRegex HiddenAddress = new(@"^this (?:https?|ftp) URL\z", RegexOptions.IgnoreCase);
}
