using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators;
using Denoised.Tests.Infra;

namespace Denoised.Tests.Publishing.Pages;

public sealed class PageTemplateTests
{
    private const string Site = "https://denoised.example/";
    private static readonly DateTimeOffset now = new(2026, 3, 17, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_front_page_holds_the_first_cards_of_the_newest_day()
    {
        var papers = Enumerable.Range(1, 25).Select(number => InventedPapers.View(number)).ToList();
        var older = ListingDay.Parse("2026-03-16");

        var page = Read(Template().RenderIndex(InventedPapers.Edition((InventedPapers.Day, papers), (older, [InventedPapers.View(1, older)])), now));

        var cards = page.QuerySelectorAll("#list > .card");
        Assert.Equal(papers.Take(20).Select(paper => paper.Title), cards.Select(card => card.QuerySelector(".title a")!.TextContent));
        Assert.Equal(papers.Take(20).Select(paper => $"/papers/{paper.Id.Key}/"), cards.Select(card => card.QuerySelector(".title a")!.GetAttribute("href")));
        Assert.All(cards, card => Assert.Equal(["It shows nothing at all.", "It was made up."], card.QuerySelectorAll(".points li").Select(point => point.TextContent)));
        Assert.All(cards, card => Assert.Equal("Ilse Varnholt, Tomasz Brzeg", card.QuerySelector(".byline")!.TextContent));
        Assert.Equal("2026-03-17", page.QuerySelector("#list")!.GetAttribute("data-day"));
        Assert.Equal("days/2026-03-17.0.json", page.QuerySelector("#list")!.GetAttribute("data-part"));
        Assert.False(page.QuerySelector("#rest")!.HasAttribute("hidden"));

        Assert.Equal(["2026-03-17", "2026-03-16"], page.QuerySelectorAll("[data-fill=days] a").Select(day => day.GetAttribute("data-day")));
        Assert.Equal(["page", null], page.QuerySelectorAll("[data-fill=days] a").Select(day => day.GetAttribute("aria-current")));
        Assert.Equal("Tuesday 17 March 2026", page.QuerySelector("[data-fill=day] h1.date")!.TextContent);
        Assert.Equal("25 in the latest listing · updated every 8 hours · 2 days kept", page.QuerySelector("[data-fill=day] .ledger")!.TextContent);
        Assert.Equal("Next: Tuesday 20:00 Eastern", page.QuerySelector("[data-fill=day] .calendar")!.TextContent);
        Assert.Equal("17 Mar", page.QuerySelector("[data-fill=shown]")!.TextContent);
        Assert.Equal(["theory", "audio-speech"], page.QuerySelectorAll("[data-fill=topics] a").Select(tag => tag.GetAttribute("data-slug")));
        Assert.NotEmpty(page.QuerySelectorAll("template"));
        AssertIsFilled(page);
    }

    [Fact]
    public void The_front_page_holds_the_newest_day_at_a_overview_and_links_its_papers()
    {
        var papers = Enumerable.Range(1, 3).Select(number => InventedPapers.View(number)).ToList();
        var edition = InventedPapers.Edition((InventedPapers.Day, papers));
        var overview = new OverviewView
        {
            Day = InventedPapers.Day,
            Paragraph = "A paragraph with <b>no</b> markup.",
            Themes = [new("Made up things", "made-up-things", "They have something in common.", [.. papers.Select(paper => new ThemePaper(paper.Id, paper.Title))]), new("Others", "others", "So have these.", [.. papers.Take(2).Select(paper => new ThemePaper(paper.Id, paper.Title))])],
            Provenance = new() { Method = SummaryMethod.Model, Model = "a-model", PromptVersion = "1", Papers = 3, CreatedAt = now },
        };
        edition = edition with { Overviews = new Dictionary<ListingDay, OverviewView> { [InventedPapers.Day] = overview }, Index = edition.Index with { Days = [edition.Index.Days[0] with { Overview = "days/2026-03-17.overview.json" }] } };

        var page = Read(Template().RenderIndex(edition, now));

        var place = page.QuerySelector("[data-fill=overview]")!;
        Assert.Equal("days/2026-03-17.overview.json", place.GetAttribute("data-file"));
        Assert.Equal(overview.Paragraph, place.QuerySelector(".paragraph")!.TextContent);
        Assert.Equal("Themes: Made up things 3Others 2", place.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(papers.Select(paper => ($"/papers/{paper.Id.Key}/", paper.Title)), place.QuerySelectorAll(".themes > ul > li")[0].QuerySelectorAll("li li a").Select(link => (link.GetAttribute("href")!, link.TextContent)));
        Assert.Equal(["/days/2026-03-17/?theme=made-up-things", "/days/2026-03-17/?theme=others"], place.QuerySelectorAll("a[data-theme]").Select(link => link.GetAttribute("href")));
        Assert.Equal("Written by a-model, papers checked.", place.QuerySelector(".provided")!.TextContent);
        AssertIsFilled(page);

        var rules = Read(Template().RenderIndex(edition with { Overviews = new Dictionary<ListingDay, OverviewView> { [InventedPapers.Day] = overview with { Provenance = overview.Provenance with { Method = SummaryMethod.Extractive, Note = "the model was away" } } } }, now));
        Assert.Equal("Grouped by similarity (the model was away).", rules.QuerySelector("[data-fill=overview] .provided")!.TextContent);
        var sample = Read(Template().RenderIndex(edition with { Overviews = new Dictionary<ListingDay, OverviewView> { [InventedPapers.Day] = overview with { Provenance = overview.Provenance with { Method = SummaryMethod.Sample, Model = null } } } }, now));
        Assert.Equal("Sample, written by hand.", sample.QuerySelector("[data-fill=overview] .provided")!.TextContent);
        Assert.Empty(Read(Template().RenderIndex(edition with { Overviews = new Dictionary<ListingDay, OverviewView>() }, now)).QuerySelector("[data-fill=overview]")!.Children);
    }

    [Fact]
    public void A_sample_is_shown_like_a_models_summary_and_says_that_it_was_written_by_hand()
    {
        var row = InventedPapers.Row(1);
        var paper = PaperViews.View(row with { Sample = true, Summary = row.Summary with { Provenance = row.Summary.Provenance with { Method = SummaryMethod.Sample, Model = null, PromptVersion = "any" } } });

        var page = Read(Template().RenderPaper(paper, Site));

        Assert.Equal(PaperStatus.Model, paper.Status);
        Assert.Equal("Sample, written by hand", page.QuerySelector(".generated")!.TextContent);
        Assert.StartsWith("Written by hand from arXiv’s HTML of version 1; any; ", page.QuerySelector(".provenance")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["It shows nothing at all.", "It was made up."], page.QuerySelectorAll(".points li > .tex").Select(point => point.TextContent));
        Assert.NotNull(page.QuerySelector(".points .evidence"));
    }

    [Fact]
    public void A_days_page_holds_all_its_papers_and_links_the_days_beside_it()
    {
        var (newer, older) = (ListingDay.Parse("2026-03-18"), ListingDay.Parse("2026-03-16"));
        var papers = Enumerable.Range(1, 45).Select(number => InventedPapers.View(number)).ToList();
        var edition = InventedPapers.Edition((newer, [InventedPapers.View(1, newer)]), (InventedPapers.Day, papers), (older, [InventedPapers.View(1, older)]));

        var page = Read(Template().RenderDay(edition, InventedPapers.Day, now, Site));

        Assert.Equal(papers.Select(paper => $"/papers/{paper.Id.Key}/"), page.QuerySelectorAll("#list > .card").Select(card => card.QuerySelector(".more")!.GetAttribute("href")));
        Assert.Equal(("2026-03-17", "days/2026-03-17.0.json"), (page.QuerySelector("#list")!.GetAttribute("data-day"), page.QuerySelector("#list")!.GetAttribute("data-part")));
        Assert.True(page.QuerySelector("#rest")!.HasAttribute("hidden"));
        Assert.Equal(["/days/2026-03-18/", "/days/2026-03-17/", "/days/2026-03-16/"], page.QuerySelectorAll("[data-fill=days] a").Select(day => day.GetAttribute("href")));
        Assert.Equal([null, "page", null], page.QuerySelectorAll("[data-fill=days] a").Select(day => day.GetAttribute("aria-current")));
        Assert.Equal(("/days/2026-03-16/", "/days/2026-03-18/"), (page.QuerySelector(".neighbours [rel=prev]")!.GetAttribute("href"), page.QuerySelector(".neighbours [rel=next]")!.GetAttribute("href")));
        Assert.Equal("45 announced · 45 summarized · 3 days kept", page.QuerySelector(".ledger")!.TextContent);
        Assert.Equal("Tuesday 17 March 2026 · Denoised", page.Title);
        Assert.Equal("https://denoised.example/days/2026-03-17/", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Single(page.QuerySelectorAll("meta[name=description]"));
        Assert.NotEmpty(page.QuerySelectorAll("template"));
        AssertIsFilled(page);

        var last = Read(Template().RenderDay(edition, older, now, site: null));
        Assert.Equal(["prev"], Read(Template().RenderDay(edition, newer, now, Site)).QuerySelectorAll(".neighbours a").Select(link => link.GetAttribute("rel")));
        Assert.Equal(["next"], last.QuerySelectorAll(".neighbours a").Select(link => link.GetAttribute("rel")));
        Assert.Null(last.QuerySelector("link[rel=canonical]"));
    }

    [Fact]
    public void The_front_page_links_the_page_with_all_papers_if_it_holds_only_some()
    {
        var papers = Enumerable.Range(1, 25).Select(number => InventedPapers.View(number)).ToList();

        var link = Read(Template().RenderIndex(InventedPapers.Edition((InventedPapers.Day, papers)), now)).QuerySelector("#rest:not([hidden]) a")!;

        Assert.Equal(("/days/2026-03-17/", "All 25 papers of Tuesday 17 March 2026"), (link.GetAttribute("href"), link.TextContent));
    }

    [Fact]
    public void A_day_that_fits_needs_no_rest()
    {
        var page = Read(Template().RenderIndex(InventedPapers.Edition((InventedPapers.Day, [InventedPapers.View(1)])), now));

        Assert.Single(page.QuerySelectorAll("#list > .card"));
        Assert.True(page.QuerySelector("#rest")!.HasAttribute("hidden"));
    }

    [Fact]
    public void Without_a_day_the_page_says_that_it_waits()
    {
        var page = Read(Template().RenderIndex(InventedPapers.Edition(), now));

        Assert.NotNull(page.QuerySelector("[data-fill=day] .empty"));
        Assert.Empty(page.QuerySelectorAll("#list > *"));
    }

    [Fact]
    public void A_papers_page_is_whole_without_any_script()
    {
        var paper = InventedPapers.View(1, authors: [.. Enumerable.Range(1, 12).Select(number => $"Author Number{number}")]);

        var page = Read(Template().RenderPaper(paper, Site));

        Assert.Equal($"{paper.Title} · Denoised", page.Title);
        Assert.Equal(paper.Summary.Overview, Meta("meta[name=description]"));
        Assert.Equal(paper.Title, Meta("meta[property='og:title']"));
        Assert.Equal($"{Site}papers/{paper.Id}/", Meta("meta[property='og:url']"));
        Assert.Equal($"{Site}papers/{paper.Id}/", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(paper.Authors, page.QuerySelectorAll("meta[name=citation_author]").Select(author => author.GetAttribute("content")));
        Assert.Equal(paper.Title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Author Number1, Author Number2, Author Number3, Author Number4, Author Number5, Author Number6, Author Number7, Author Number8 and 4 more", page.QuerySelector(".byline")!.TextContent);
        Assert.Equal(string.Join(", ", paper.Authors), page.QuerySelector("details.authors p")!.TextContent);
        Assert.True(page.QuerySelector("#single > .card")!.ClassList.Contains("opened"));
        Assert.Contains(paper.Abstract, page.QuerySelector(".slot")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(paper.Summary.Overview!, page.QuerySelector(".slot")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://github.com/nobody/nothing-1", page.QuerySelector("a[href^='https://github.com']")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("template"));
        AssertIsFilled(page);

        string? Meta(string selector) => page.QuerySelector(selector)!.GetAttribute("content");
    }

    [Fact]
    public void Each_quote_is_there_to_be_opened_with_its_section()
    {
        var paper = InventedPapers.View(1);
        paper = paper with
        {
            Summary = paper.Summary with
            {
                KeyPoints = [.. paper.Summary.KeyPoints, new KeyPoint("It may help.", new Evidence("it may help", "4.2 Outlook", "S4.SS2", Weak: true))],
                Results = "98% of nothing.",
                ResultsEvidence = new Evidence("nothing at all, 98% of the time"),
            },
        };

        var page = Read(Template().RenderPaper(paper, Site));

        var points = page.QuerySelectorAll(".points li").ToList();
        Assert.Equal(["It shows nothing at all.", "It was made up.", "It may help."], points.Select(point => point.QuerySelector(".tex")!.TextContent));
        Assert.Equal([1, 0, 1], points.Select(point => point.QuerySelectorAll("details.evidence").Length));
        Assert.Equal("“It shows nothing at all”", points[0].QuerySelector(".quote p")!.TextContent);
        Assert.Equal(("1 Introduction", $"https://arxiv.org/html/{paper.Id}v1#S1"), (points[0].QuerySelector(".quote a")!.TextContent, points[0].QuerySelector(".quote a")!.GetAttribute("href")));
        Assert.Equal("Quote, for: It shows nothing at all.", points[0].QuerySelector("summary")!.TextContent);
        Assert.Equal("Quote weakly supported, for: It may help.", points[2].QuerySelector("summary")!.TextContent);
        Assert.Equal("“nothing at all, 98% of the time”", page.QuerySelector(".slot .evidence .quote")!.TextContent.Trim());
    }

    [Fact]
    public void The_TLDR_leads_the_card_and_the_paper_page_and_describes_it()
    {
        var row = InventedPapers.Row(1);
        var tldr = new KeyPoint("Nothing at all is shown, and that 98% of the time.", new Evidence("It shows nothing at all, 98% of the time"));
        var paper = PaperViews.View(row with { Summary = row.Summary with { Tldr = tldr } });

        var page = Read(Template().RenderPaper(paper, Site));

        var points = page.QuerySelectorAll(".points li").ToList();
        Assert.Equal([tldr.Claim, "It shows nothing at all.", "It was made up."], points.Select(point => point.QuerySelector(".tex")!.TextContent));
        Assert.Equal("“It shows nothing at all, 98% of the time”", points[0].QuerySelector(".quote p")!.TextContent);
        Assert.Equal(tldr.Claim, page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal([tldr.Claim, "It shows nothing at all.", "It was made up."], PaperViews.Card(paper).KeyPoints);
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("en-GB", null)]
    [InlineData(null, null)]
    public void Texts_in_another_language_than_English_have_a_lang_attribute(string? language, string? expected)
    {
        var row = InventedPapers.Row(1);
        var summary = row.Summary with { Methodology = "Es wird nichts getan.", Provenance = row.Summary.Provenance with { Language = language } };
        var previous = new PreviousSummary(summary with { Provenance = summary.Provenance with { Language = "fr" } }, "version 2 was announced", DateTimeOffset.UnixEpoch);
        var paper = PaperViews.View(row with { Summary = summary, Previous = [previous] });

        var page = Read(Template().RenderPaper(paper, Site));

        string?[] marked = [.. page.QuerySelectorAll(".points > li > .tex, .slot section > p.tex:not(.abstract)").Select(text => text.GetAttribute("lang"))];
        Assert.Equal(4, marked.Length);
        Assert.All(marked, actual => Assert.Equal(expected, actual));
        Assert.All(page.QuerySelectorAll(".previous .tex"), text => Assert.Equal("fr", text.GetAttribute("lang")));
        Assert.All(page.QuerySelectorAll("html, .title, .abstract, .quote p"), text => Assert.Contains(text.GetAttribute("lang"), (string?[])[null, "en"]));
        Assert.Equal(expected, PaperViews.Card(paper).Language);
        Assert.Equal(expected is null ? null : [expected], SearchFile.Of([paper.Day], new Dictionary<ListingDay, IReadOnlyList<PaperView>> { [paper.Day] = [paper] }).Language);
    }

    [Fact]
    public void What_a_summary_has_not_is_said_with_the_reason()
    {
        var row = InventedPapers.Row(1);
        var provenance = row.Summary.Provenance with { Findings = ["Text that readers cannot see was removed: 1 passage.", "Dropped: results: the number 99 does not stand in the text."] };
        var full = PaperViews.View(row with { Summary = row.Summary with { Implications = "More of nothing.", Provenance = provenance } });
        var extractive = PaperViews.View(row with { Summary = row.Summary with { Implications = "More of nothing.", Provenance = row.Summary.Provenance with { Method = SummaryMethod.Extractive, Source = TextOrigin.Abstract } } });

        var page = Read(Template().RenderPaper(full, Site));
        var abstractOnly = Read(Template().RenderPaper(extractive, Site));

        Assert.Equal(
            [("Methodology", "Not stated in the paper."), ("Results", "Left out: it did not pass our checks."), ("Implications (inferred)", "More of nothing.")], Sections(page));
        Assert.Equal(["Abstract"], abstractOnly.QuerySelectorAll(".paper section h3").Select(heading => heading.TextContent));
        Assert.Equal(extractive.Abstract, abstractOnly.QuerySelector(".abstract")!.TextContent);
        Assert.Empty(abstractOnly.QuerySelectorAll(".points"));
        Assert.Equal(provenance.Findings, page.QuerySelectorAll("details.findings li").Select(finding => finding.TextContent));
        Assert.Null(abstractOnly.QuerySelector("details.findings, .checks"));
        Assert.Equal("1 of 2 points quoted · full text read", page.QuerySelector(".checks")!.TextContent);

        static IEnumerable<(string, string)> Sections(IHtmlDocument page) =>
            page.QuerySelectorAll(".paper section").Where(section => section.QuerySelector("h3")!.TextContent is not ("Summary" or "Abstract")).Take(3).Select(section => (section.QuerySelector("h3")!.TextContent, section.QuerySelector("p")!.TextContent));
    }

    [Fact]
    public void A_summary_that_was_redone_keeps_the_previous_one_with_the_reason()
    {
        var row = InventedPapers.Row(1);
        var at = new DateTimeOffset(2026, 3, 18, 5, 20, 0, TimeSpan.Zero);
        var former = row with
        {
            Previous = [new PreviousSummary(row.Summary with { Overview = "What was said at first." }, "version 2 was announced", at), new PreviousSummary(row.Summary with { Overview = "What was said then." }, "a reader reported an error", at.AddDays(1))],
        };

        var redone = Read(Template().RenderPaper(PaperViews.View(former), Site)).QuerySelectorAll("details.previous").ToList();
        var waiting = Read(Template().RenderPaper(PaperViews.View(former with { State = PaperState.Announced }), Site)).QuerySelectorAll("details.previous summary").ToList();

        Assert.Equal(
            ["Summary redone on 19 March 2026: a reader reported an error", "Summary redone on 18 March 2026: version 2 was announced"],
            redone.Select(details => details.QuerySelector("summary")!.TextContent));
        Assert.All(redone, details => Assert.False(details.HasAttribute("open")));
        Assert.Contains("What was said then.", redone[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("What was said at first.", redone[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Written by a-model from version 1; prompt-1; 17 March 2026, 05:31 UTC.", redone[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("Previous summary, replaced on 19 March 2026: a reader reported an error", waiting[0].TextContent);
    }

    [Fact]
    public void Errors_are_reported_where_that_is_configured()
    {
        var paper = InventedPapers.View(1);

        var report = Read(Template().RenderPaper(paper, Site, "https://github.com/o/r/issues/new")).QuerySelector("a.report")!.GetAttribute("href")!;

        Assert.StartsWith("https://github.com/o/r/issues/new?title=", report, StringComparison.Ordinal);
        Assert.Contains($"Page: {Site}papers/{paper.Id.Key}/", Uri.UnescapeDataString(report), StringComparison.Ordinal);
        Assert.Null(Read(Template().RenderPaper(paper, Site)).QuerySelector("a.report"));
        Assert.Null(Read(Template().RenderPaper(paper with { Sample = true }, Site, "https://github.com/o/r/issues/new")).QuerySelector("a.report"));
    }

    [Theory]
    [InlineData("All 4 points quoted · full text read", TextOrigin.Html, 4, 4, 0, 0, 9, 9)]
    [InlineData("3 of 4 points quoted · 1 weakly supported · 2 dropped · 8 of 9 numbers found · full text read", TextOrigin.Pdf, 4, 3, 1, 2, 9, 8)]
    [InlineData("1 of 1 point quoted · abstract read", TextOrigin.Abstract, 1, 1, 0, 0, 1, 1)]
    [InlineData("abstract read", TextOrigin.Abstract, 0, 0, 0, 0, 0, 0)]
    public void One_line_says_what_the_checks_found(string line, TextOrigin source, int claims, int quoted, int weak, int dropped, int numbers, int found)
    {
        var row = InventedPapers.Row(1);
        var provenance = row.Summary.Provenance with { Source = source, Tally = new CheckTally(claims, quoted, weak, dropped, numbers, found) };
        var paper = PaperViews.View(row with { Summary = row.Summary with { Provenance = provenance } });

        Assert.Equal((line, line), (paper.Checks, PaperViews.Card(paper).Checks));
        Assert.Equal(line, Read(Template().RenderIndex(InventedPapers.Edition((InventedPapers.Day, [paper])), now)).QuerySelector(".card .checks")!.TextContent);
        Assert.Null(CheckLine.Of(row.Summary with { Provenance = provenance with { Method = SummaryMethod.Extractive } }));
    }

    [Fact]
    public void A_site_that_does_not_know_its_address_names_none()
    {
        var page = Read(Template().RenderPaper(InventedPapers.View(1), site: null));

        Assert.Null(page.QuerySelector("link[rel=canonical]"));
        Assert.Null(page.QuerySelector("meta[property='og:url']"));
    }

    [Fact]
    public void What_looks_like_markup_is_text()
    {
        const string Hostile = "</title><script>alert(1)</script> {title} <img src=x onerror=alert(2)> \" onmouseover=\"alert(3) <template>";
        var paper = InventedPapers.View(1, title: Hostile, authors: [Hostile]);
        var template = Template();
        var scripts = Read(Encoding.UTF8.GetBytes(Source(PageFile))).QuerySelectorAll("script").Length;

        foreach (var page in new[] { Read(template.RenderPaper(paper, Site)), Read(template.RenderIndex(InventedPapers.Edition((InventedPapers.Day, [paper])), now)) })
        {
            Assert.Equal(scripts, page.QuerySelectorAll("script").Length);
            Assert.Empty(page.QuerySelectorAll("img, [onerror], [onmouseover]"));
            Assert.Equal(Hostile, page.QuerySelector(".card .title")!.TextContent);
            Assert.Equal(Hostile, page.QuerySelector(".card .byline")!.TextContent);
        }

        Assert.Equal($"{Hostile} · Denoised", Read(template.RenderPaper(paper, Site)).QuerySelector("title")!.TextContent);
    }

    [Fact]
    public void The_odd_cases_are_shown_letter_by_letter()
    {
        var template = Template();
        var odd = File.ReadLines(RealInput.Path("arxiv/listings/odd_cases.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.NotEmpty(odd);

        foreach (var (number, record) in odd.Index())
        {
            var row = InventedPapers.Row(number, title: record.GetProperty("title").GetString(), authors: [.. record.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!)]);
            var paper = PaperViews.View(row with { Paper = row.Paper with { Abstract = record.GetProperty("abstract").GetString()! } });
            var page = Read(template.RenderPaper(paper, Site));

            Assert.Equal(paper.Title, page.QuerySelector("h1.title")!.TextContent);
            Assert.Equal(paper.Abstract.ReplaceLineEndings("\n"), page.QuerySelector(".abstract")!.TextContent);
            Assert.Equal(paper.Authors, page.QuerySelectorAll("meta[name=citation_author]").Select(author => author.GetAttribute("content")));
            AssertIsFilled(page);
        }
    }

    [Theory]
    [InlineData("card", "The page's template old.html has no <template id=\"card\">.")]
    [InlineData("paper-head", "The page's template old.html has no <template id=\"paper-head\">.")]
    public void A_template_that_lacks_a_part_is_refused(string part, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => PageTemplate.Parse("old.html", Source("index.html").Replace($"<template id=\"{part}\">", "<template>", StringComparison.Ordinal))).Message);

    [Fact]
    public void A_page_without_a_list_is_refused() =>
        Assert.Equal("The page's template old.html has no #list.", Assert.Throws<InvalidDataException>(() => PageTemplate.Parse("old.html", Source("index.html").Replace("id=\"list\"", "", StringComparison.Ordinal))).Message);

    private static string PageFile => File.Exists(RepositoryFolder.PathOf("frontend", "dist", "index.html")) ? "dist/index.html" : "index.html";

    /// <summary>The page as it is built where it was built, else its source, which has the same templates.</summary>
    private static PageTemplate Template() => PageTemplate.Parse("test.html", Source(PageFile));

    private static string Source(string name) => File.ReadAllText(RepositoryFolder.PathOf("frontend", name));

    private static IHtmlDocument Read(byte[] page) => new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page));

    /// <summary>No mark is left outside the templates.</summary>
    private static void AssertIsFilled(IHtmlDocument page) =>
        Assert.Empty(page.QuerySelectorAll("[data-text], [data-if], [data-each]").Concat(page.All.Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("data-attr-", StringComparison.Ordinal)))));
}
