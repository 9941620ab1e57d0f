using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Storage;
using Denoised.Text;

namespace Denoised.Overviews;

/// <summary>
/// Builds the overview of a day without a model: its themes are clusters of papers on the same subject, named after their most
/// distinctive terms. Deterministic.
/// </summary>
internal static class ClusterOverview
{
    /// <summary>The <see cref="GenerationMetadata.PromptVersion"/> of rule-based overviews. Increase it when the algorithm changes.</summary>
    public const string Version = "clusters-1";

    private const int MaxTermsInTitle = 2;
    private const int MaxTagsInParagraph = 3;

    /// <summary>Builds the overview of a day.</summary>
    /// <param name="rows">The papers of the day.</param>
    /// <param name="papersOfOtherDays">Papers of other days, used to measure how common a term is.</param>
    /// <param name="now">The creation time.</param>
    /// <returns>The overview, or null when the papers have too little in common for three themes.</returns>
    public static DailyOverview? Build(IReadOnlyList<PaperRow> rows, IEnumerable<PaperRow> papersOfOtherDays, DateTimeOffset now)
    {
        var themes = BuildThemes([.. rows.OrderBy(row => row.Position)], papersOfOtherDays);
        if (themes.Count < OverviewLengths.MinThemes)
            return null;
        return new DailyOverview
        {
            Paragraph = BuildParagraph(rows, themes),
            Themes = themes,
            Provenance = new OverviewProvenance { Method = SummaryMethod.Extractive, PromptVersion = Version, Papers = rows.Count, CreatedAt = now },
        };
    }

    private static List<OverviewTheme> BuildThemes(List<PaperRow> rows, IEnumerable<PaperRow> papersOfOtherDays)
    {
        var texts = rows.ConvertAll(Text);
        var terms = texts.ConvertAll(EmbeddingModel.Shared.Terms);
        var themeTerms = new ThemeTerms([.. terms, .. papersOfOtherDays.Select(row => EmbeddingModel.Shared.Terms(Text(row)))]);
        var themes = new List<OverviewTheme>();
        var usedStems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cluster in ThemeClusters.Find(texts.ConvertAll(text => EmbeddingModel.Shared.Embed(text))))
        {
            // Clusters arrive densest first.
            if (themes.Count == OverviewLengths.MaxThemes)
                break;
            List<int> papers = [.. cluster.Papers.Take(OverviewLengths.MaxPapers)];
            var title = new List<string>();
            foreach (var term in themeTerms.Rank(papers.ConvertAll(paper => terms[paper]), cluster.Centre))
            {
                var stems = ContentWords.Of(term);
                if (title.Count < MaxTermsInTitle && !stems.Exists(usedStems.Contains))
                {
                    title.Add(MostFrequentSpelling(term, papers.ConvertAll(paper => texts[paper])));
                    usedStems.UnionWith(stems);
                }
            }

            // A cluster without distinctive terms has no title.
            if (title.Count == 0)
                continue;
            var joined = string.Join(", ", title);
            joined = char.ToUpperInvariant(joined[0]) + joined[1..];
            themes.Add(new OverviewTheme(
                joined,
                OverviewTheme.SlugOf(joined, themes.ConvertAll(theme => theme.Slug)),
                Sentence: null,
                papers.ConvertAll(paper => rows[paper].Paper.Id)));
        }

        return [.. themes.OrderByDescending(theme => theme.Papers.Count)];
    }

    private static string BuildParagraph(IReadOnlyList<PaperRow> rows, List<OverviewTheme> themes)
    {
        var tags = rows.SelectMany(row => row.Summary.Tags)
            .CountBy(tag => tag)
            .OrderByDescending(tag => tag.Value)
            .ThenBy(tag => tag.Key, StringComparer.Ordinal)
            .Take(MaxTagsInParagraph)
            .Select(tag => $"{tag.Key} ({Number(tag.Value)})").ToList();
        var opening = tags.Count > 0 ? $"{Number(rows.Count)} papers. Most frequent tags: {string.Join(", ", tags)}." : $"{Number(rows.Count)} papers.";
        return $"{opening} {themes.Count} themes list {Number(themes.Sum(theme => theme.Papers.Count))} of them.";
    }

    private static string Text(PaperRow row) => $"{row.Paper.Title}. {row.Paper.Abstract}";

    /// <summary>
    /// The most frequent spelling of a term in the papers: keeps hyphens and the capitals of names, drops the capitals of title case.
    /// </summary>
    private static string MostFrequentSpelling(string term, IEnumerable<string> texts)
    {
        var pattern = new LinearRegex($@"\b{term.Replace(" ", "[\\s-]", StringComparison.Ordinal)}\b", RegexOptions.IgnoreCase);
        // Split(null) splits at any white space.
        var spellings = texts.SelectMany(text => pattern.Matches(text))
            .Select(match => string.Join(
                ' ', match.Value.Split((char[]?)null).Select(word => string.Join('-', word.Split('-').Select(WithoutTitleCase)))));
        return spellings.CountBy(spelling => spelling)
            .OrderByDescending(spelling => spelling.Value)
            .ThenBy(spelling => spelling.Key, StringComparer.Ordinal)
            .Select(spelling => spelling.Key)
            .FirstOrDefault(term);

        static string WithoutTitleCase(string word) => word.Count(char.IsUpper) > 1 ? word : word.ToLowerInvariant();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
