using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Denoised.Domain;

namespace Denoised.TestSupport.Digests;

/// <summary>The rules for a hand-written digest: the lengths and tags that the prompt asks for, and original wording outside the quotes.</summary>
internal static partial class DigestRules
{
    /// <summary>The maximum number of consecutive words that the prose may share with the paper.</summary>
    public const int LongestSharedRun = 7;

    private static readonly ConditionalWeakTable<QuotableText, HashSet<string>> runs = [];

    /// <summary>Returns the violations of the rules, one sentence each.</summary>
    public static IEnumerable<string> Faults(DigestDraft digest, QuotableText paper)
    {
        if (digest.Tags is not { Count: >= 1 and <= 3 } tags || !tags.All(Tag.IsKnown) || tags.Distinct(StringComparer.Ordinal).Count() != tags.Count)
            yield return $"tags: {string.Join(", ", digest.Tags ?? [])}";
        if (digest.KeyPoints is not { Count: >= 3 and <= 5 } points)
        {
            yield return "keyPoints: not three to five";
            yield break;
        }

        (string Name, string? Text, WordRange Length)[] texts =
        [
            ("summary", digest.Summary, Lengths.Summary),
            ("methodology", digest.Methodology, Lengths.Methodology),
            ("results", digest.Results, Lengths.Results),
            ("implications", digest.Implications, Lengths.Implications),
            .. points.Select((point, index) => (string.Create(CultureInfo.InvariantCulture, $"keyPoints[{index}].claim"), point.Claim, Lengths.Claim)),
        ];
        foreach (var (name, text, length) in texts)
        {
            if (text is null)
            {
                if (name is "summary" || name.StartsWith("keyPoints", StringComparison.Ordinal))
                    yield return $"{name}: missing";
                continue;
            }

            var words = WordRange.Count(text);
            if (words < length.Min || words > length.Max)
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {words} words instead of {length.Min} to {length.Max}");
            if (SharedRun(text, paper) is { } run)
                yield return $"{name}: words of the paper: {run}";
        }

        foreach (var quote in points.Select(point => point.Quote).Append(digest.ResultsQuote).OfType<string>().Where(quote => WordRange.Count(quote) > Lengths.Quote.Max))
            yield return string.Create(CultureInfo.InvariantCulture, $"a quote of {WordRange.Count(quote)} words: {quote}");
        if (digest.Results is not null && digest.ResultsQuote is null)
            yield return "resultsQuote: missing";
    }

    private static string? SharedRun(string text, QuotableText paper)
    {
        var theirs = runs.GetValue(paper, Runs);
        var ours = WordsOf(text).ToArray();
        for (var at = 0; at + LongestSharedRun < ours.Length; at++)
        {
            var run = string.Join(' ', ours[at..(at + LongestSharedRun + 1)]);
            if (theirs.Contains(run))
                return run;
        }

        return null;
    }

    private static HashSet<string> Runs(QuotableText paper)
    {
        var words = paper.Passages.SelectMany(passage => WordsOf(passage.Text)).ToArray();
        return [.. Enumerable.Range(0, Math.Max(0, words.Length - LongestSharedRun)).Select(at => string.Join(' ', words[at..(at + LongestSharedRun + 1)]))];
    }

    private static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex(@"[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Word();
}
