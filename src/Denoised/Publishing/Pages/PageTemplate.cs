using System.Globalization;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Pages;

/// <summary>
/// A release's page, which becomes the page of the newest day and of each paper. The steps are those of <c>frontend/README.md</c>.
/// Not for several threads at once.
/// </summary>
internal sealed class PageTemplate
{
    private const int DefaultCards = 20;

    private static readonly string[] regions = ["shown", "days", "topics", "day", "foot"];
    private static readonly string[] paperTemplates = ["card", "paper", "paper-head", "paper-page"];

    private readonly IHtmlDocument page;
    private readonly IHtmlDocument bare;

    private PageTemplate(string release, IHtmlDocument page)
    {
        Release = release;
        this.page = page;

        // Paper pages carry no templates: the parser's work on what is removed is done once.
        bare = (IHtmlDocument)page.Clone(deep: true);
        foreach (var template in bare.QuerySelectorAll("template").ToList())
            template.Remove();
    }

    /// <summary>The release's name.</summary>
    public string Release { get; }

    /// <summary>Reads a release's <c>index.html</c>.</summary>
    /// <exception cref="InvalidDataException">An element is missing that the pages are made with; the message names it.</exception>
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

    /// <summary>The page of the newest day.</summary>
    public byte[] RenderIndex(Edition edition, DateTimeOffset now)
    {
        var filled = (IHtmlDocument)page.Clone(deep: true);
        if (edition.Index.Days is not [var day, ..])
            return Write(filled);

        var context = TemplateContexts.Day(edition.Index, now);
        foreach (var region in regions)
        {
            foreach (var place in filled.QuerySelectorAll($"[data-fill={region}]"))
                Replace(place, TemplateFilling.Fill(Template(region), context));
        }

        // A release before the overview has no place for it.
        if (edition.Overview is { } overview && page.QuerySelector("template#overview") is not null && filled.QuerySelector("[data-fill=overview]") is { } top)
        {
            Replace(top, TemplateFilling.Fill(Template("overview"), TemplateContexts.Overview(overview)));
            top.SetAttribute("data-file", day.Overview);
        }

        var list = filled.QuerySelector("#list")!;
        var cards = int.TryParse(list.GetAttribute("data-cards"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : DefaultCards;
        var papers = edition.PapersOf[day.Day];
        foreach (var paper in papers.Take(cards))
            list.AppendChild(TemplateFilling.Fill(Template("card"), TemplateContexts.Card(PaperViews.Card(paper))));
        list.SetAttribute("data-day", day.Day.ToString());
        if (day.Parts is [var first, ..])
            list.SetAttribute("data-part", first.Cards);
        if (papers.Count > cards)
            filled.QuerySelector("#rest")?.RemoveAttribute("hidden");
        return Write(filled);
    }

    /// <summary>A paper's own page.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="site">The site's address with a slash at its end, where known.</param>
    /// <param name="reportErrorsTo"><see cref="PublishingOptions.ReportErrorsTo"/>.</param>
    public byte[] RenderPaper(PaperView paper, string? site, string? reportErrorsTo = null)
    {
        var filled = (IHtmlDocument)bare.Clone(deep: true);
        var context = TemplateContexts.Paper(paper, site, reportErrorsTo);

        var former = filled.Head!.QuerySelectorAll("[data-head]").ToList();
        former[0].Parent!.InsertBefore(TemplateFilling.Fill(Template("paper-head"), context), former[0]);
        foreach (var element in former)
            element.Remove();

        var body = TemplateFilling.Fill(Template("paper-page"), context);
        if (body.QuerySelector("#single") is not { } single)
            throw Missing(Release, "#single in <template id=\"paper-page\">");
        single.AppendChild(TemplateFilling.Fill(Template("card"), TemplateContexts.CardOf(paper)));
        single.QuerySelector(".slot")?.AppendChild(TemplateFilling.Fill(Template("paper"), context));
        single.QuerySelector(".card")?.ClassList.Add("opened");
        Replace(filled.QuerySelector("#page")!, body);
        return Write(filled);
    }

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
