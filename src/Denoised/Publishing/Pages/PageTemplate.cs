using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Denoised.Domain;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Pages;

/// <summary>
/// The template of a release, from which the front page and the pages of days and papers are rendered. <c>frontend/README.md</c> describes the steps.
/// Not thread-safe.
/// </summary>
internal sealed class PageTemplate
{
    private const int DefaultCards = 20;

    private static readonly string[] regions = ["shown", "days", "topics", "day", "foot"];
    private static readonly string[] paperTemplates = ["card", "paper", "paper-head", "paper-page"];

    // The page's script does not use these, so readers do not load them.
    private static readonly string[] publisherTemplates = ["day-head", "digest-head", "digest-page", "map-head", "map-page", "paper-head", "paper-page"];

    private readonly IHtmlDocument page;
    private readonly IHtmlDocument served;
    private readonly IHtmlDocument bare;

    private PageTemplate(string release, IHtmlDocument page)
    {
        Release = release;
        this.page = page;

        // Removing templates once avoids repeated parsing.
        served = (IHtmlDocument)page.Clone(deep: true);
        foreach (var template in publisherTemplates.Select(id => served.QuerySelector($"template#{id}")))
            template?.Remove();

        // The pages of papers and maps contain no templates.
        bare = (IHtmlDocument)served.Clone(deep: true);
        foreach (var template in bare.QuerySelectorAll("template").ToList())
            template.Remove();
    }

    /// <summary>The name of the release.</summary>
    public string Release { get; }

    /// <summary>Parses the <c>index.html</c> of a release.</summary>
    /// <exception cref="InvalidDataException">A required element is missing; the message names it.</exception>
    public static PageTemplate Parse(string release, string html)
    {
        var parsed = new HtmlParser().ParseDocument(html);
        foreach (var id in regions.Concat(paperTemplates))
        {
            if (parsed.QuerySelector($"template#{id}") is null)
                throw Missing(release, $"<template id=\"{id}\">");
        }

        foreach (var selector in new[] { "#list", "#page", "head [data-head]" })
        {
            if (parsed.QuerySelector(selector) is null)
                throw Missing(release, selector);
        }

        return new PageTemplate(release, parsed);
    }

    /// <summary>Whether the release has pages of listing days.</summary>
    public bool HasDayPage => Has("day-head");

    /// <summary>Whether the release has maps of listing days.</summary>
    public bool HasMapPage => Has("map-page") && Has("map-head");

    /// <summary>Whether the release has digests of listing days.</summary>
    public bool HasDigestPage => Has("digest-page") && Has("digest-head");

    /// <summary>Renders the front page: the newest day with its first papers.</summary>
    public byte[] RenderIndex(Edition edition, DateTimeOffset now)
    {
        if (edition.Index.Days is not [var newest, ..])
            return Write((IHtmlDocument)served.Clone(deep: true));

        var cards = int.TryParse(
            page.QuerySelector("#list")!.GetAttribute("data-cards"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : DefaultCards;
        var filled = FillDay(edition, newest, TemplateContexts.Day(edition.Index, newest.Day, now), cards);
        filled.QuerySelector("#list")!.SetAttribute("data-part", newest.Parts is [var first, ..] ? first.Cards : "");
        if (edition.PapersOf[newest.Day].Count > cards)
            filled.QuerySelector("#rest")?.RemoveAttribute("hidden");
        return Write(filled);
    }

    /// <summary>Renders the page of a listing day with all its papers.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="day">A day of the edition.</param>
    /// <param name="now">The current time, which determines the next announcement.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    public byte[] RenderDay(Edition edition, ListingDay day, DateTimeOffset now, string? site)
    {
        var entry = edition.Index.Days.First(entry => entry.Day == day);
        var context = TemplateContexts.Day(edition.Index, day, now, site);
        var filled = FillDay(edition, entry, context, int.MaxValue);
        filled.QuerySelector("#list")!.SetAttribute("data-part", string.Join(' ', entry.Parts.Select(part => part.Cards)));
        ReplaceHead(filled, "day-head", context);
        return Write(filled);
    }

    /// <summary>Renders the map of a listing day.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="day">A day of the edition.</param>
    /// <param name="points">The point of each of its papers, from <see cref="MapPoints"/>.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    public byte[] RenderMap(Edition edition, DayEntry day, IReadOnlyList<(double X, double Y)> points, string? site) =>
        RenderBare("map", DayMap.ContextOf(edition, day, points, site));

    /// <summary>Renders the digest of a listing day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    public byte[] RenderDigest(DayEntry day, Digest digest, string? site) => RenderBare("digest", TemplateContexts.DigestOf(day, digest, site));

    /// <summary>Renders the page of a paper.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    /// <param name="reportErrorsTo"><see cref="PublishingOptions.ReportErrorsTo"/>.</param>
    /// <param name="related">Its related papers.</param>
    public byte[] RenderPaper(PaperView paper, string? site, string? reportErrorsTo = null, RelatedPapers? related = null)
    {
        var filled = (IHtmlDocument)bare.Clone(deep: true);
        var context = TemplateContexts.Paper(paper, site, reportErrorsTo, related);

        ReplaceHead(filled, "paper-head", context);

        var body = TemplateFilling.Fill(Template("paper-page"), context);
        if (body.QuerySelector("#single") is not { } single)
            throw Missing(Release, "#single in <template id=\"paper-page\">");
        single.AppendChild(TemplateFilling.Fill(Template("card"), TemplateContexts.CardOf(paper)));
        single.QuerySelector(".slot")?.AppendChild(TemplateFilling.Fill(Template("paper"), context));
        single.QuerySelector(".card")?.ClassList.Add("opened");
        Replace(filled.QuerySelector("#page")!, body);
        return Write(filled);
    }

    /// <summary>Renders a page without the page's own templates, from the templates <c>NAME-head</c> and <c>NAME-page</c>.</summary>
    private byte[] RenderBare(string name, JsonObject context)
    {
        var filled = (IHtmlDocument)bare.Clone(deep: true);
        ReplaceHead(filled, $"{name}-head", context);
        Replace(filled.QuerySelector("#page")!, TemplateFilling.Fill(Template($"{name}-page"), context));
        return Write(filled);
    }

    private IHtmlDocument FillDay(Edition edition, DayEntry day, JsonObject context, int cards)
    {
        var filled = (IHtmlDocument)served.Clone(deep: true);
        foreach (var region in regions.Append("all").Where(Has))
        {
            foreach (var place in filled.QuerySelectorAll($"[data-fill={region}]"))
                Replace(place, TemplateFilling.Fill(Template(region), context));
        }

        // Releases before the overview have no element for it.
        if (edition.Overviews.TryGetValue(day.Day, out var overview) && Has("overview") && filled.QuerySelector("[data-fill=overview]") is { } top)
        {
            Replace(top, TemplateFilling.Fill(Template("overview"), TemplateContexts.Overview(overview)));
            top.SetAttribute("data-file", day.Overview);
        }

        var list = filled.QuerySelector("#list")!;
        foreach (var paper in edition.PapersOf[day.Day].Take(cards))
            list.AppendChild(TemplateFilling.Fill(Template("card"), TemplateContexts.Card(PaperViews.Card(paper))));
        list.SetAttribute("data-day", day.Day.ToString());
        return filled;
    }

    private void ReplaceHead(IHtmlDocument filled, string template, JsonObject context)
    {
        var former = filled.Head!.QuerySelectorAll("[data-head]").ToList();
        former[0].Parent!.InsertBefore(TemplateFilling.Fill(Template(template), context), former[0]);
        foreach (var element in former)
            element.Remove();
    }

    private bool Has(string template) => page.QuerySelector($"template#{template}") is not null;

    private IHtmlTemplateElement Template(string id) => (IHtmlTemplateElement)page.QuerySelector($"template#{id}")!;

    private static void Replace(IElement place, IDocumentFragment content)
    {
        while (place.FirstChild is { } child)
            place.RemoveChild(child);
        place.AppendChild(content);
    }

    private static byte[] Write(IHtmlDocument filled) => Encoding.UTF8.GetBytes(filled.ToHtml());

    private static InvalidDataException Missing(string release, string what) => new($"The page's template {release} has no {what}.");
}
