using Denoised.Arxiv.Text;
using Denoised.Papers;
using Denoised.Summaries.Checks;

namespace Denoised.Summaries;

/// <summary>What the checks say of a draft.</summary>
/// <param name="Draft">The draft, or null where it is no JSON of the schema.</param>
/// <param name="Failures">What is to be mended, a sentence each, for the model to read.</param>
/// <param name="Findings">What was accepted although it is not as asked for, a sentence each.</param>
/// <param name="Accepted">What remains when everything that failed is dropped; null where that is no summary.</param>
internal sealed record CheckedDraft(ModelDraft? Draft, IReadOnlyList<string> Failures, IReadOnlyList<string> Findings, Summary? Accepted)
{
    /// <summary>A failure as readers are told of it: without the model's own words, which are what was refused.</summary>
    public static string Told(string failure) => failure.IndexOf(": \"", StringComparison.Ordinal) is var cited and > 0 ? $"{failure[..cited]}." : failure;

    /// <summary>Whether this draft, a repair, is to take the other's place: one that can be shown before one that cannot, then the one with fewer faults.</summary>
    public bool IsBetterThan(CheckedDraft former) =>
        (Accepted is not null, former.Accepted is not null) switch
        {
            (true, false) => true,
            (false, true) => false,
            _ => Failures.Count <= former.Failures.Count,
        };
}

/// <summary>Checks a model's draft: schema, tags, lengths, quotes, and that it carries no links and no markup.</summary>
internal static class SummaryCheck
{
    private const int FewestPoints = 3;
    private const int MostPoints = 5;
    private const int MostTags = 3;

    // The final summary gets its own.
    private static readonly Provenance pending = new()
    {
        Method = SummaryMethod.Model,
        PromptVersion = SummaryPrompt.Version,
        Source = TextSource.Abstract,
        PaperVersion = 1,
        CreatedAt = default,
    };

    /// <summary>Checks a draft against the text that it was written from.</summary>
    public static CheckedDraft Run(ModelDraft? draft, Paper paper, SourceText text)
    {
        if (draft is null)
            return new CheckedDraft(null, ["The answer is no JSON of the schema."], [], null);

        var failures = new List<string>();
        var findings = new List<string>();
        var source = new QuotedText(text.Paper);

        // The service keeps to the schema; a local server may not, and put null where a text belongs.
        var tags = (draft.Tags ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Where(Tag.IsKnown).Take(MostTags).ToList();
        if (tags.Count == 0)
            failures.Add("tags: give one to three of the given tags.");

        var points = new List<KeyPoint>();
        foreach (var point in (draft.KeyPoints ?? []).OfType<DraftPoint>().Take(MostPoints))
        {
            var place = string.IsNullOrWhiteSpace(point.Quote) ? null : source.Find(point.Quote);
            if (Problem(point, place is not null, text.Paper, findings) is { } problem)
                failures.Add(problem);
            else
                points.Add(new KeyPoint(point.Claim!.Trim(), new Evidence(point.Quote!.Trim(), place?.Section, place?.Anchor)));
        }

        // An abstract of two sentences gives two points.
        var fewest = text.Source == TextSource.Abstract ? 1 : FewestPoints;
        if (points.Count < fewest && failures.Count == 0)
            failures.Add($"keyPoints: give at least {FewestPoints}.");

        var isAbstract = text.Source == TextSource.Abstract;
        var summary = Accept("summary", draft.Summary, Lengths.Summary, isAbstract, text.Paper, failures, findings);
        var methodology = Accept("methodology", draft.Methodology, Lengths.Methodology, isAbstract, text.Paper, failures, findings);
        var results = Accept("results", draft.Results, Lengths.Results, isAbstract, text.Paper, failures, findings);
        var implications = Accept("implications", draft.Implications, Lengths.Implications, isAbstract, text.Paper, failures, findings);
        if (summary is null && !failures.Exists(failure => failure.StartsWith("summary", StringComparison.Ordinal)))
            failures.Add("summary: it must not be null.");

        var evidence = draft.ResultsQuote is { } quote && source.Find(quote) is var (section, anchor) && InjectionResidue.FindInQuote(quote, text.Paper) is null ? new Evidence(quote.Trim(), section, anchor) : null;
        var accepted = tags.Count == 0 || points.Count < fewest || summary is null
            ? null
            : new Summary
            {
                Tags = tags,
                KeyPoints = points,
                Overview = summary,
                Methodology = methodology,
                Results = results,
                Implications = implications,
                ResultsEvidence = results is null ? null : evidence,
                Provenance = pending,
            };
        return new CheckedDraft(draft, failures, [.. findings, .. accepted is null ? [] : failures.Select(failure => $"Dropped: {CheckedDraft.Told(failure)}")], accepted);
    }

    private static string? Problem(DraftPoint point, bool isFound, PaperText paper, List<string> findings)
    {
        if (string.IsNullOrWhiteSpace(point.Claim) || string.IsNullOrWhiteSpace(point.Quote))
            return "keyPoints: each has a claim and a quote.";
        if (!isFound)
            return $"keyPoints: this quote does not stand in the paper letter by letter: \"{Shorten(point.Quote)}\"";
        if (WordRange.Count(point.Quote) > Lengths.Quote.Max * (1 + Lengths.Tolerance))
            return $"keyPoints: this quote is longer than {Lengths.Quote.Max} words: \"{Shorten(point.Quote)}\"";
        if (InjectionResidue.FindInQuote(point.Quote, paper) is { } unfit)
            return $"keyPoints: this quote holds {unfit}: \"{Shorten(point.Quote)}\"";
        if (InjectionResidue.Find(point.Claim, paper) is { } residue)
            return $"keyPoints: this claim holds {residue}: \"{Shorten(point.Claim)}\"";
        return CheckLength("keyPoints: a claim", point.Claim, Lengths.Claim, isLowerBoundOff: false, findings);
    }

    private static string? Accept(string name, string? text, WordRange length, bool isLowerBoundOff, PaperText paper, List<string> failures, List<string> findings)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (InjectionResidue.Find(text, paper) is { } residue)
        {
            failures.Add($"{name}: it holds {residue}.");
            return null;
        }

        if (CheckLength(name, text, length, isLowerBoundOff, findings) is { } problem)
        {
            failures.Add(problem);
            return null;
        }

        return text.Trim();
    }

    private static string? CheckLength(string name, string text, WordRange length, bool isLowerBoundOff, List<string> findings)
    {
        var words = WordRange.Count(text);
        var isShort = words < length.Min && !isLowerBoundOff;
        if (!isShort && words <= length.Max)
            return null;

        var said = $"{name} has {words} words instead of {length.Min} to {length.Max}.";
        if (words <= length.Max * (1 + Lengths.Tolerance) && (isLowerBoundOff || words >= length.Min * (1 - Lengths.Tolerance)))
        {
            findings.Add(said);
            return null;
        }

        return said;
    }

    private static string Shorten(string text) => text.Length <= 160 ? text : text[..160] + "…";
}
