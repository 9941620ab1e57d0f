using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Grounding.Claims;
using Denoised.Storage;
using Denoised.Summaries.Checks;
using Denoised.Text;

namespace Denoised.Overviews;

/// <summary>The result of checking a draft.</summary>
/// <param name="Failures">Corrections for the model, one sentence each. They quote the draft and are never published.</param>
/// <param name="Findings">Deviations that were dropped or tolerated, one sentence each, for readers.</param>
/// <param name="Accepted">The draft without its failed parts; null when the remainder is no overview.</param>
internal sealed record CheckedOverview(
    IReadOnlyList<string> Failures,
    IReadOnlyList<string> Findings,
    (string Paragraph, IReadOnlyList<OverviewTheme> Themes)? Accepted)
{
    /// <summary>Whether this draft, a repair, is better than the first one.</summary>
    public bool IsBetterThan(CheckedOverview previous) => (Accepted is not null, previous.Accepted is not null) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => Failures.Count <= previous.Failures.Count,
    };
}

/// <summary>
/// Checks the model's draft of a day's overview: lengths, links, markup, and traces of prompt injection. Each theme rests on papers of the day, and
/// each of these has at least one word of the theme that fewer than half of the day's papers have. Each number occurs in the papers. A theme that
/// fails is dropped; with fewer than three themes left, the draft fails.
/// </summary>
internal static class OverviewCheck
{
    /// <summary>Checks a draft.</summary>
    /// <param name="draft">The draft, or null when the response was no JSON of the schema.</param>
    /// <param name="papers">The papers in the prompt.</param>
    /// <param name="language">The language of the draft.</param>
    public static CheckedOverview Run(OverviewDraft? draft, IReadOnlyList<PaperRow> papers, string language = SummaryLanguage.English)
    {
        if (draft is null)
            return new CheckedOverview(["The answer is no JSON of the schema."], [], null);

        var failures = new List<CheckFailure>();
        var findings = new List<string>();
        var given = new GivenPapers(papers);
        var themes = new List<OverviewTheme>();
        foreach (var theme in (draft.Themes ?? []).OfType<OverviewDraftTheme>())
        {
            if (themes.Count == OverviewLengths.MaxThemes)
            {
                findings.Add($"More than {OverviewLengths.MaxThemes} themes were given.");
                break;
            }

            var (accepted, failure) = Accept(theme, given, themes, language, findings);
            if (accepted is not null)
                themes.Add(accepted);
            else
                failures.Add(failure!);
        }

        if (themes.Count < OverviewLengths.MinThemes)
        {
            failures.Add(new CheckFailure(
                $"themes: give {OverviewLengths.MinThemes} to {OverviewLengths.MaxThemes} that rest on papers of the day.",
                "it has too few themes that rest on papers of the day"));
        }

        var paragraph = Repetitions.RemoveRepetitions(draft.Paragraph?.Trim() ?? "", out var isRepetitive);
        if (isRepetitive)
            findings.Add("A sentence of the paragraph was given more than once and is shown once.");
        var problem = FindProblem("paragraph", "the paragraph", paragraph, OverviewLengths.Paragraph, language, findings);
        if (problem is null)
        {
            // The prompt does not ask the model to count, but numbers that it could count are not invented.
            var counts = themes.Select(theme => theme.Papers.Count)
                .Concat(papers.SelectMany(paper => paper.Summary.Tags).CountBy(tag => tag).Select(tag => tag.Value))
                .Append(papers.Count).Append(themes.Count);
            if (OverviewNumbers.FindUnsupported(paragraph, papers.SelectMany(Texts), counts) is [var figure, ..])
                problem = new CheckFailure(
                    $"paragraph: the figure {figure} stands in none of the papers.", "a figure of the paragraph stands in none of the papers");
        }

        if (problem is null && PraiseIn(paragraph, papers) is { } praise)
            problem = new CheckFailure($"paragraph: no paper says \"{praise}\".", "the paragraph praises what no paper does");
        if (problem is not null)
            failures.Add(problem);

        var isAccepted = problem is null && themes.Count >= OverviewLengths.MinThemes;
        return new CheckedOverview(
            [.. failures.Select(failure => failure.ForModel)],
            [.. findings, .. isAccepted ? failures.Select(failure => $"A theme was dropped: {failure.Reason}.") : []],
            isAccepted ? (paragraph, themes) : null);
    }

    private static (OverviewTheme? Theme, CheckFailure? Failure) Accept(
        OverviewDraftTheme draft, GivenPapers given, List<OverviewTheme> previous, string language, List<string> findings)
    {
        var problem = FindProblem("themes: a title", "its title", draft.Title, OverviewLengths.Title, language, findings)
            ?? FindProblem("themes: a sentence", "its sentence", draft.Sentence, OverviewLengths.Sentence, language, findings);
        if (problem is not null)
            return (null, problem);

        var title = draft.Title!.Trim().TrimEnd('.');
        if (previous.Exists(theme => Repetitions.NormalizeKey(theme.Title) == Repetitions.NormalizeKey(title)
                || Repetitions.NormalizeKey(theme.Sentence) == Repetitions.NormalizeKey(draft.Sentence)))
        {
            return (null, new CheckFailure($"themes: \"{title}\" is given twice.", "it is given twice"));
        }

        var words = ContentWords.Of($"{title} {draft.Sentence}");
        var named = (draft.Papers ?? []).OfType<string>().ToList();
        var known = named.Select(name => ArxivId.TryParse(name, out var id) ? id : default).Where(given.ById.ContainsKey).Distinct().ToList();
        var resting = known.Where(id => given.HasOwnWordOf(id, words)).Take(OverviewLengths.MaxPapers).ToList();
        if (resting.Count < OverviewLengths.MinPapers)
        {
            return (null, new CheckFailure(
                $"themes: \"{title}\" rests on {resting.Count} papers of the day whose lines have words of it; name at least {OverviewLengths.MinPapers}, by the identifiers given.",
                $"it rests on fewer than {OverviewLengths.MinPapers} papers of the day that have words of it"));
        }

        if (OverviewNumbers.FindUnsupported($"{title} {draft.Sentence}", resting.SelectMany(id => Texts(given.ById[id])), resting.Count) is [var figure, ..])
            return (
                null,
                new CheckFailure(
                    $"themes: the figure {figure} of \"{title}\" stands in none of its papers.", "a figure of it stands in none of its papers"));

        if (PraiseIn($"{title} {draft.Sentence}", resting.Select(id => given.ById[id])) is { } praise)
            return (null, new CheckFailure($"themes: none of the papers of \"{title}\" says \"{praise}\".", "it praises what none of its papers does"));

        if (resting.Count < named.Count)
            findings.Add($"\"{title}\": {named.Count - resting.Count} of the {named.Count} papers named are left out: not of the day, named twice, too many, or without a word of the theme.");
        return (new OverviewTheme(title, OverviewTheme.SlugOf(title, [.. previous.Select(theme => theme.Slug)]), draft.Sentence!.Trim(), resting), null);
    }

    /// <summary>Returns a word of praise that no paper contains, or null.</summary>
    private static string? PraiseIn(string text, IEnumerable<PaperRow> papers) =>
        StrongClaims.HypeIn(text)
        .FirstOrDefault(praise => !papers.SelectMany(Texts).Any(said => said?.Contains(praise, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>Returns the first failure of a text.</summary>
    /// <param name="name">The name of the text in messages to the model.</param>
    /// <param name="part">The name of the text in messages to readers.</param>
    /// <param name="text">The text.</param>
    /// <param name="length">The required length.</param>
    /// <param name="language">The language.</param>
    /// <param name="findings">Receives tolerated deviations.</param>
    private static CheckFailure? FindProblem(string name, string part, string? text, WordRange length, string language, List<string> findings)
    {
        CheckFailure Fails(string what) => new($"{name} {what}.", $"{part} {what}");
        if (string.IsNullOrWhiteSpace(text))
            return Fails("is missing");
        if ((SummaryLanguage.IsEnglish(language) ? FormCheck.Find(text) : FormCheck.FindInTranslation(text)) is { } fault)
            return Fails($"is no statement: {fault}");
        var words = WordRange.Count(text);
        if (words >= length.Min && words <= length.Max)
            return null;
        var said = $"has {words} words instead of {length.Min} to {length.Max}";
        if (words < length.Min * (1 - Lengths.Tolerance) || words > length.Max * (1 + Lengths.Tolerance))
            return Fails(said);
        findings.Add($"{name} {said}.");
        return null;
    }

    /// <summary>The texts of a paper: those in the prompt, and the rest of its summary.</summary>
    private static IEnumerable<string?> Texts(PaperRow row) =>
        [
            row.Paper.Title,
            .. row.Summary.Tags,
            .. row.Summary.Claims().Select(point => point.Claim),
            row.Summary.Overview,
            row.Summary.Methodology,
            row.Summary.Results];

    /// <summary>The papers in the prompt, with the words that distinguish them.</summary>
    private sealed class GivenPapers
    {
        private readonly Dictionary<ArxivId, HashSet<string>> words;

        public GivenPapers(IReadOnlyList<PaperRow> papers)
        {
            ById = papers.ToDictionary(paper => paper.Paper.Id);
            words = papers.ToDictionary(
                paper => paper.Paper.Id, paper => Texts(paper).SelectMany(text => ContentWords.Of(text)).ToHashSet(StringComparer.Ordinal));
            var common = words.Values.SelectMany(own => own)
                .CountBy(word => word)
                .Where(word => word.Value * 2 >= papers.Count)
                .Select(word => word.Key)
                .ToList();
            foreach (var own in words.Values)
                own.ExceptWith(common);
        }

        public Dictionary<ArxivId, PaperRow> ById { get; }

        /// <summary>Whether a paper has one of the words, and fewer than half of the day's papers have that word.</summary>
        public bool HasOwnWordOf(ArxivId id, IEnumerable<string> of) => words[id].Overlaps(of);
    }
}
