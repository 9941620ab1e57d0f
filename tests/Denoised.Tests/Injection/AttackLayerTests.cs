using System.Globalization;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Injection;

/// <summary>What is done before a model reads: text that nobody sees is removed, and what states nothing is left out.</summary>
public sealed class AttackLayerTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => Attacks.All.Select(attack => new TheoryDataRow<string>(attack.Name));

    /// <summary>Those that nothing tells from sentences of a paper; the checks of the answer meet them.</summary>
    internal static readonly string[] Shown = ["leet", "json", "split"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_model_is_not_shown_an_attack(string name)
    {
        var attack = Attacks.Named(name);
        var layers = Layers.Of(attack);
        Assert.True(layers.IsShown == Shown.Contains(name), $"The model reads it: {layers.Seen}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_hidden_is_recorded(string name)
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
            Assert.True(reading.Paper is not null, reading.Detail);
            var metadata = AttackedPaper.Metadata(attack);
            var paper = reading.Paper with { Title = metadata.Title, Abstract = metadata.Abstract };
            var text = ModelInput.Of(paper, [], read => TextSelection.Of(read, 12_000).Numbered);
            var shown = Number.Replace(SummaryPrompt.User(ArxivId.Parse(attack.Id), text), "");
            return new Layers(text, Holds(shown, attack), attack.Triggers.FirstOrDefault(trigger => Holds(shown, trigger)) ?? "");
        }

        private static bool Holds(string text, Attack attack) => attack.Triggers.Any(trigger => Holds(text, trigger));

        private static bool Holds(string text, string trigger) => Plain(text).Contains(Plain(trigger), StringComparison.OrdinalIgnoreCase);

        private static string Plain(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
    }
}
