using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Denoised.Domain;
using Denoised.Publishing.Citations;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators;
using Denoised.Tests.Infra;

namespace Denoised.Tests.Publishing.Pages;

public sealed class TemplateFillingTests
{
    public static TheoryData<string> FillCases => [.. Cases("fill-cases.json").AsArray().Select(fill => fill!["what"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(FillCases))]
    public void The_cases_that_the_page_itself_passes(string what)
    {
        var fill = Cases("fill-cases.json").AsArray().Single(fill => fill!["what"]!.GetValue<string>() == what)!;

        var filled = Fill(fill["template"]!.GetValue<string>(), fill["data"]!.DeepClone());

        Assert.Contains(filled, new[] { fill["filled"]!.GetValue<string>(), fill["filledOr"]?.GetValue<string>() });
    }

    [Fact]
    public void The_derived_values_are_those_of_the_page()
    {
        var cases = Cases("derive-cases.json");
        foreach (var key in cases["key"]!.AsArray())
            Assert.Equal(key![1]!.GetValue<string>(), ArxivId.Parse(key[0]!.GetValue<string>()).Key);
        foreach (var slug in cases["slug"]!.AsArray())
            Assert.Equal(slug![1]!.GetValue<string>(), Tag.Slug(slug[0]!.GetValue<string>()));
        foreach (var byline in cases["byline"]!.AsArray())
            Assert.Equal(byline!["byline"]!.GetValue<string>(), TemplateContexts.Byline(Texts(byline["authors"]!), byline["authorCount"]!.GetValue<int>()));
        foreach (var description in cases["description"]!.AsArray())
            Assert.Equal(description!["description"]!.GetValue<string>(), TemplateContexts.Description(description["text"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(PaperStatus.Model, 3)]
    [InlineData(PaperStatus.Extractive, 2)]
    [InlineData(PaperStatus.Pending, 2)]
    public void A_card_without_a_summary_by_a_model_shows_two_sentences(PaperStatus status, int points)
    {
        var card = new PaperCard
        {
            Id = ArxivId.Parse("2603.00001"), Version = 1, Title = "Marbles", Authors = [], AuthorCount = 0, Categories = [], Tags = [], KeyPoints = ["One.", "Two.", "Three."], Status = status,
        };

        Assert.Equal(points, TemplateContexts.Card(card)["points"]!.AsArray().Count);
    }

    [Fact]
    public void Evidence_and_reports_are_those_of_the_page()
    {
        var cases = Cases("derive-cases.json");
        foreach (var said in cases["evidence"]!.AsArray())
        {
            var evidence = said!["evidence"].Deserialize<Evidence>(JsonSerializerOptions.Web);
            AssertSame(said["becomes"], TemplateContexts.Evidence(PaperOf(said), evidence));
        }

        foreach (var said in cases["report"]!.AsArray())
            Assert.Equal(said!["report"]?.GetValue<string>(), ErrorReport.AddressOf(said["to"]!.GetValue<string>(), PaperOf(said), said["site"]?.GetValue<string>()));

        foreach (var said in cases["abstract"]!.AsArray())
        {
            var paper = PaperOf(said!);
            var summary = paper.Summary with { Problem = Text("problem"), Methodology = Text("methodology"), Results = Text("results") };
            var parts = AnnotatedAbstract.PartsOf(said!["text"]!.GetValue<string>(), summary);
            AssertSame(said["parts"], new JsonArray([.. parts.Select(part => new JsonArray(part!["label"]?.DeepClone(), part["text"]!.DeepClone()))]));

            string? Text(string field) => said!["summary"]![field]?.GetValue<string>();
        }

        static void AssertSame(JsonNode? expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"{actual?.ToJsonString()} instead of {expected?.ToJsonString()}");
    }

    [Fact]
    public void Any_text_comes_out_of_the_page_as_it_went_in() =>
        (from text in Gen.OneOf(Gen.String, Gen.String[Gen.Char["<>&\"'{}|/ab \u00a0"], 0, 40])
         where !text.Contains('\0', StringComparison.Ordinal) && !text.Contains('\r', StringComparison.Ordinal) && !text.Any(char.IsSurrogate)
         select text).Sample(text =>
         {
             var html = Fill("""<p data-attr-title="{t}" data-text="{t}"></p><i data-each="list" data-text="{.}"></i>""", new JsonObject { ["t"] = text, ["list"] = new JsonArray(text) });

             var read = new HtmlParser().ParseDocument(html);
             Assert.Equal(text, read.QuerySelector("p")!.TextContent);
             Assert.Equal(text, read.QuerySelector("p")!.GetAttribute("title"));
             Assert.Equal(text, read.QuerySelector("i")!.TextContent);
             Assert.Equal(2, read.Body!.ChildElementCount);
         });

    [Fact]
    public void A_format_that_there_is_not_is_named() =>
        Assert.Equal(
            "The page's template names the format 'roman', which there is not.",
            Assert.Throws<InvalidDataException>(() => Fill("""<p data-text="{n|roman}"></p>""", new JsonObject { ["n"] = 4 })).Message);

    [Fact]
    public void A_moment_that_is_none_is_named() =>
        Assert.Equal(
            "The page's template asks for the moment 'soon', which is none.",
            Assert.Throws<InvalidDataException>(() => Fill("""<p data-text="{n|date}"></p>""", new JsonObject { ["n"] = "soon" })).Message);

    /// <summary>A paper that is as a case says.</summary>
    private static PaperView PaperOf(JsonNode said)
    {
        var paper = InventedPapers.View(1);
        return paper with
        {
            Id = ArxivId.Parse(said["id"]?.GetValue<string>() ?? "2603.15569"),
            Version = said["version"]?.GetValue<int>() ?? 1,
            Sample = said["sample"]?.GetValue<bool>() ?? false,
            Summary = paper.Summary with
            {
                Methodology = said["methodology"]?.GetValue<string>(),
                Results = said["results"]?.GetValue<string>(),
                Implications = said["implications"]?.GetValue<string>(),
                Provenance = paper.Summary.Provenance with
                {
                    Source = said["source"] is { } source ? Enum.Parse<TextOrigin>(source.GetValue<string>(), ignoreCase: true) : TextOrigin.Html,
                    PaperVersion = said["paperVersion"]?.GetValue<int>() ?? 1,
                    PromptVersion = said["promptVersion"]?.GetValue<string>() ?? "prompt-1",
                    Model = said["model"]?.GetValue<string>(),
                },
            },
        };
    }

    private static IReadOnlyList<string> Texts(JsonNode list) => [.. list.AsArray().Select(text => text!.GetValue<string>())];

    private static JsonNode Cases(string file) => JsonNode.Parse(File.ReadAllText(RepositoryFolder.PathOf("frontend", "test", file)))!;

    private static string Fill(string template, JsonNode data)
    {
        var page = new HtmlParser().ParseDocument($"<template>{template}</template>");
        var holder = page.CreateElement("div");
        holder.AppendChild(TemplateFilling.Fill((IHtmlTemplateElement)page.QuerySelector("template")!, data));
        return holder.InnerHtml;
    }
}
