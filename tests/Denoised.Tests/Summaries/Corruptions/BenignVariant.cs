using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Summaries;
using Denoised.TestSupport.Digests;
using Denoised.Text;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>
/// A correct variant of a digest: a number in the digest is written in another usual form, or the paper contains the number in another typesetting.
/// </summary>
/// <param name="Way">The form of the number.</param>
/// <param name="Digest">The original digest.</param>
/// <param name="Varied">The digest with the variant in its text or in its paper.</param>
/// <param name="Item">The text with the number.</param>
/// <param name="What">The original number and its replacement.</param>
internal sealed partial record BenignVariant(string Way, Digest Digest, Digest Varied, DraftItem Item, string What)
{
    private const int PerDigest = 2;

    /// <summary>At most two variants of each form per digest.</summary>
    public static IEnumerable<BenignVariant> Of(IReadOnlyList<Digest> digests, int seed)
    {
        Random random = new(seed);
        foreach (var digest in digests)
        {
            foreach (var way in All(digest).GroupBy(variant => variant.Way))
            {
                var distinct = way.DistinctBy(variant => variant.What).ToArray();
                random.Shuffle(distinct);
                foreach (var variant in distinct.Take(PerDigest))
                    yield return variant;
            }
        }
    }

    /// <summary>The objections of the checks that the original digest does not have; null if there are none.</summary>
    public string? Objection(CheckedDigest original)
    {
        var before = original.Objections().Select(objection => objection.Item).ToHashSet();
        var result = CheckedDigest.Check(Varied, Varied.Draft);
        var reasons = CheckedDigest.Objections(result, Varied.Draft).Where(objection => !before.Contains(objection.Item)).Select(objection => $"{objection.Item}: {objection.Reason}").ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Way} | {Digest.Name} | {Item} | {What}";

    private static IEnumerable<BenignVariant> All(Digest digest)
    {
        foreach (var item in DraftItem.In(digest.Draft))
        {
            var text = item.Of(digest.Draft)!;
            foreach (var number in PaperWords.NumbersIn(text))
            {
                foreach (var (way, written) in Rewritten(text, number))
                    yield return InText(way, digest, item, number.Index, number.Length, written);
            }

            foreach (Match word in SpelledNumber().Matches(text))
            {
                var value = Enumerable.Range(2, 98).First(number => string.Equals(PaperWords.Spelled(number), word.Value, StringComparison.OrdinalIgnoreCase));
                yield return InText("digits for words", digest, item, word.Index, word.Length, value.ToString(CultureInfo.InvariantCulture));
            }

            var pair = PaperWords.NumbersIn(text).Where(number => number.Value.Contains('.', StringComparison.Ordinal)).Select(number => PaperWords.Value(number.Value)!.Value).Distinct().ToArray();
            if (pair is [var first, var second, ..])
                yield return Added("difference of two beside it", digest, item, Text($"Between {first} and {second} lie {Math.Abs(first - second)}."), place: null);
        }

        foreach (var (way, sentence, place) in OfPaper(digest.Source))
            yield return Added(way, digest, new DraftItem(DraftField.Summary), sentence, place);
        foreach (var (way, from, to) in SetOtherwise(digest))
            yield return InPaper(way, digest, from, to);
    }

    /// <summary>Other forms of a number in the text of a digest.</summary>
    private static IEnumerable<(string Way, string Written)> Rewritten(string text, Match number)
    {
        if (PaperWords.Value(number.Value) is not { } value)
            yield break;
        var decimals = number.Value.Contains('.', StringComparison.Ordinal) ? number.Value.Length - number.Value.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var isCounted = CountedThing().IsMatch(text[(number.Index + number.Length)..]);
        if (decimals == 0 && isCounted && value is >= 2 and < 100)
            yield return ("words for digits", PaperWords.Spelled((int)value)!);
        if (Approximately().IsMatch(text[..number.Index]) || decimals == 0)
            yield break;

        var rounded = Math.Round(value, decimals - 1, MidpointRounding.AwayFromZero);
        if (rounded > 0 && Math.Abs(rounded - value) * 2 != Shift(decimals - 1))
            yield return ("about, rounded", Text($"about {rounded}"));
        var cut = Math.Truncate(value / Shift(decimals - 1)) * Shift(decimals - 1);
        if (cut > 0 && cut < value)
            yield return ("over, cut off", Text($"over {cut.ToString(decimals == 1 ? "0" : "0." + new string('0', decimals - 1), CultureInfo.InvariantCulture)}"));
        if (number.Value.StartsWith("0.", StringComparison.Ordinal))
            yield return ("no zero in front", number.Value[1..]);
    }

    /// <summary>Sentences that follow from a number of the paper, with the passage that contains the number.</summary>
    private static IEnumerable<(string Way, string Sentence, string Place)> OfPaper(DigestSource source)
    {
        foreach (var (_, passage) in source.Text.Passages)
        {
            foreach (Match large in LargeNumber().Matches(passage))
            {
                var value = PaperWords.Value(large.Value)!.Value;
                yield return value >= 1_000_000
                    ? ("millions", Text($"One of the figures is {Math.Round(value / 1_000_000, 1)} million."), Around(large))
                    : ("thousands", Text($"One of the figures is about {Math.Round(value / 1000)} thousand."), Around(large));
            }

            foreach (Match range in Range().Matches(passage))
            {
                if (PaperWords.Value(range.Groups["from"].Value) < PaperWords.Value(range.Groups["to"].Value))
                    yield return ("end of a range", $"The figure goes up to {range.Groups["to"].Value}.", Around(range));
            }

            foreach (Match share in Share().Matches(passage))
            {
                if (PaperWords.Value(share.Groups["share"].Value) is { } value and > 1 and < 100)
                    yield return ("percent complement", Text($"For the other {100 - value}% this is not said."), Around(share));
            }

            foreach (var sentence in Sentences.Of(passage).Where(sentence => sentence.Length < 250 && !sentence.Contains('\n', StringComparison.Ordinal)))
            {
                var values = DecimalNumber().Matches(sentence).Select(match => PaperWords.Value(match.Value)!.Value).Distinct().ToArray();
                if (values is [var first, var second])
                    yield return ("difference of two stated", Text($"The difference comes to {Math.Abs(first - second)}."), sentence);
            }

            string Around(Match match) => passage[Math.Max(0, match.Index - 3)..(match.Index + match.Length)];
        }
    }

    /// <summary>Other typesettings of a number of the digest in the paper.</summary>
    private static IEnumerable<(string Way, string From, string To)> SetOtherwise(Digest digest)
    {
        var numbers = DraftItem.In(digest.Draft).SelectMany(item => PaperWords.NumbersIn(item.Of(digest.Draft)!)).Select(number => number.Value).Distinct(StringComparer.Ordinal);
        foreach (var number in numbers.Where(number => number.Contains('.', StringComparison.Ordinal) && digest.Source.Text.Passages.Any(passage => passage.Text.Contains(number, StringComparison.Ordinal))))
        {
            yield return ("gap in the paper", number, number.Replace(".", ". ", StringComparison.Ordinal));
            if (number.StartsWith("0.", StringComparison.Ordinal))
                yield return ("no zero in the paper", number, number[1..]);
        }
    }

    private static BenignVariant InText(string way, Digest digest, DraftItem item, int start, int length, string written)
    {
        var text = item.Of(digest.Draft)!;
        if (start == 0)
            written = char.ToUpperInvariant(written[0]) + written[1..];
        var varied = text[..start] + written + text[(start + length)..];
        return new BenignVariant(way, digest, digest with { Draft = item.With(digest.Draft, varied) }, item, $"{text.Substring(start, length)} -> {written}");
    }

    // The sentence replaces a text that would become too long. The test is about its number and the sentence that states the number.
    private static BenignVariant Added(string way, Digest digest, DraftItem item, string sentence, string? place)
    {
        var host = item.Field == DraftField.Claim ? new DraftItem(DraftField.Summary) : item;
        if (WordRange.Count(host.Of(digest.Draft)!) + WordRange.Count(sentence) > host.MostWords)
            host = new DraftItem(DraftField.Summary);
        var evidence = (place is null ? null : digest.Source.Choice.OfQuote(place)) ?? digest.Source.Choice.For(sentence);
        return new BenignVariant(way, digest, digest with { Draft = host.WithAdded(digest.Draft, new DraftSentence(evidence, sentence)) }, host, sentence);
    }

    private static BenignVariant InPaper(string way, Digest digest, string from, string to)
    {
        Regex whole = new($@"(?<![\p{{Nd}}.,]){Regex.Escape(from)}(?!\p{{Nd}}|[.,]\p{{Nd}})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        var paper = digest.Source.Text.Paper;
        var changed = paper with
        {
            Abstract = Set(paper.Abstract),
            Sections = [.. paper.Sections.Select(section => section with { Blocks = [.. section.Blocks.Select(block => block with { Text = Set(block.Text) })] })],
        };
        DigestSource source = new(
            digest.Source.File, new QuotableText(changed), digest.Source.Paper with { Abstract = changed.Abstract },
            digest.Source.Given with { Numbered = NumberedText.Of(changed), Paper = changed });
        return new BenignVariant(way, digest, digest with { Source = source }, new DraftItem(DraftField.Summary), $"{from} -> {to}");

        string Set(string text) => whole.Replace(text, to);
    }

    private static decimal Shift(int decimals)
    {
        var shift = 1m;
        for (; decimals > 0; decimals--)
            shift /= 10;
        return shift;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"^ \p{Ll}{3,}", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex CountedThing();

    [GeneratedRegex(@"(?:about|around|roughly|approximately|over|some|nearly|almost|than|up to|more|least|most|to|and|by|from|between|[-–(]) ?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Approximately();

    [GeneratedRegex(@"\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b(?!-)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex SpelledNumber();

    [GeneratedRegex(@"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex LargeNumber();

    [GeneratedRegex(@"(?<![\p{L}\d.,\-–(\[])(?<from>\d{1,3}(?:\.\d+)?)%?[-–](?<to>\d{1,3}(?:\.\d+)?)(?=%| \p{Ll}{2,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<![\p{L}\d.,\-–])(?<share>\d{1,2}(?:\.\d+)?) ?\\?%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Share();

    [GeneratedRegex(@"(?<![\p{L}\d.,\-–{_^])\d{1,3}\.\d{1,2}(?![\d]|\.\d)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex DecimalNumber();
}
