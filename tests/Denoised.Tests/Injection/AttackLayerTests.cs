using System.Globalization;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Injection;

/// <summary>
/// The layers before the model: the reader removes invisible text, and the prompt injection filter skips passages that instruct the model.
/// </summary>
public sealed class AttackLayerTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => Attacks.All.Select(attack => new TheoryDataRow<string>(attack.Name));

    /// <summary>Attacks that look like sentences of a paper and therefore reach the model. The checks of its response handle them.</summary>
    internal static readonly string[] Shown = ["leet", "json", "split"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_prompt_contains_no_detectable_attack(string name)
    {
        var attack = Attacks.Named(name);
        var layers = Layers.Of(attack);
        Assert.True(layers.IsShown == Shown.Contains(name), $"The model reads it: {layers.Seen}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reader_records_hidden_text(string name)
    {
        var attack = Attacks.Named(name);
        if (attack.IsHidden)
            Assert.NotEmpty(Layers.Of(attack).Text.Paper.Hidden);
    }

    private static readonly LinearRegex Number = new(@"\[s\d+\] ");

    private sealed record Layers(ModelInput Text, bool IsShown, string Seen)
    {
        public static Layers Of(Attack attack)
        {
            var reading = AttackedPaper.Html(attack) is { } html ? HtmlPaperReader.Read(html) : PdfPaperReader.Read(AttackedPaper.Pdf(attack), PdfReadLimits.Default);
            Assert.True(reading.Document is not null, reading.Detail);
            var metadata = AttackedPaper.Metadata(attack);
            var paper = reading.Document with { Title = metadata.Title, Abstract = metadata.Abstract };
            var text = ModelInput.Of(paper, [], read => TextSelection.Of(read, 12_000).Numbered);
            var shown = Number.Replace(SummaryPrompt.User(ArxivId.Parse(attack.Id), text), "");
            return new Layers(text, Holds(shown, attack), attack.Triggers.FirstOrDefault(trigger => Holds(shown, trigger)) ?? "");
        }

        private static bool Holds(string text, Attack attack) => attack.Triggers.Any(trigger => Holds(text, trigger));

        private static bool Holds(string text, string trigger) => Plain(text).Contains(Plain(trigger), StringComparison.OrdinalIgnoreCase);

        private static string Plain(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
    }
}
