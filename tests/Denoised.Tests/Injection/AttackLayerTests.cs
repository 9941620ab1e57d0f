using System.Globalization;
using System.Text;
using Denoised.Arxiv.Text;
using Denoised.Summaries;
using Denoised.Summaries.Checks;

namespace Denoised.Tests.Injection;

/// <summary>What each layer does against each attack, alone: the reader, the leaving out, the fence, the checks.</summary>
public sealed class AttackLayerTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => Attacks.All.Select(attack => new TheoryDataRow<string>(attack.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_model_is_never_shown_an_attack(string name)
    {
        var attack = Attacks.Named(name);
        var layers = Layers.Of(attack);
        Assert.False(layers.IsShown, $"The model reads it: {layers.Seen}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_hidden_is_recorded(string name)
    {
        var attack = Attacks.Named(name);
        if (attack.IsHidden)
            Assert.NotEmpty(Layers.Of(attack).Text.Paper.Hidden);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public void Most_attacks_would_fail_at_the_checks_too_had_the_model_obeyed()
    {
        var rows = Attacks.All.Select(attack => (Attack: attack, Layers: Layers.Of(attack))).ToList();
        var table = new StringBuilder();
        table.AppendLine("| kind | attack | hidden text removed | left out | fence | check of the answer | blind check |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (attack, layers) in rows)
            table.AppendLine(CultureInfo.InvariantCulture, $"| {attack.Kind} | {attack.Name} | {(layers.IsRemoved ? "yes" : "")} | {(layers.IsLeftOut ? "yes" : "")} | {(layers.IsDisarmed ? "yes" : "")} | {layers.Found} | {layers.FoundBlind} |");
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        if (Environment.GetEnvironmentVariable("DENOISED_INJECTION_TABLE") is { Length: > 0 } path)
            File.WriteAllText(path, table.ToString());

        var missed = rows.Where(row => row.Layers.FoundBlind is null).Select(row => row.Attack.Name).ToList();
        Assert.True(rows.Count >= 40 && rows.Count(row => row.Attack.Place == Place.Pdf) >= 8);
        Assert.True(missed.Count <= rows.Count / 20, $"{missed.Count} of {rows.Count} would pass the checks: {string.Join(", ", missed)}");
    }

    private static readonly LinearRegex Number = new(@"\[s\d+\] ");

    private sealed record Layers(SourceText Text, bool IsRemoved, bool IsLeftOut, bool IsDisarmed, bool IsShown, string Seen, string? Found, string? FoundBlind)
    {
        public static Layers Of(Attack attack)
        {
            var reading = AttackedPaper.Html(attack) is { } html ? HtmlPaperReader.Read(html) : PdfPaperReader.Read(AttackedPaper.Pdf(attack), PdfReadLimits.Default);
            Assert.True(reading.Paper is not null, reading.Detail);
            var metadata = AttackedPaper.Metadata(attack);
            var paper = reading.Paper with { Title = metadata.Title, Abstract = metadata.Abstract };
            var raw = string.Join('\n', paper.Sections.SelectMany(section => section.Blocks.Select(block => block.Text).Prepend(section.Heading)).Prepend(paper.Abstract).Prepend(paper.Title));
            var text = SourceText.Of(paper, [], read => TextSelection.Of(read, 12_000).Numbered);
            var shown = Number.Replace(SummaryPrompt.User(Denoised.Papers.ArxivId.Parse(attack.Id), text), "");
            var isRead = Holds(raw, attack);

            // The checks alone, as if nothing had been left out; and knowing what was.
            return new Layers(
                text, !isRead, isRead && text.Paper.LeftOut.Count > 0, Fence.Disarm(raw) != raw, Holds(shown, attack), attack.Triggers.FirstOrDefault(trigger => Holds(shown, trigger)) ?? "",
                InjectionResidue.Find(attack.Says, text.Paper), InjectionResidue.Find(attack.Says, paper));
        }

        private static bool Holds(string text, Attack attack) => attack.Triggers.Any(trigger => Holds(text, trigger));

        private static bool Holds(string text, string trigger) => Plain(text).Contains(Plain(trigger), StringComparison.OrdinalIgnoreCase);

        private static string Plain(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));
    }
}
