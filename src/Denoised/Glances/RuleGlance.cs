using System.Globalization;
using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>
/// Makes a glance without a model: papers are put together by a term that a few of them share and that other papers and other days rarely have. Every
/// sentence is made of counts, tags and such terms. The same papers always give the same glance.
/// </summary>
internal static class RuleGlance
{
    /// <summary>Goes into <see cref="Authorship.PromptVersion"/>; changes with the rules.</summary>
    public const string Version = "rules-1";

    private const int FewestThemes = 3;
    private const int MostThemes = 5;
    private const int MostPapers = 12;
    private const double BonusForTwoWords = 2.5;
    private const int WeightInTitle = 2;

    /// <summary>In a day of so many, two that share a term do so by chance.</summary>
    private const int ManyPapers = 40;


    private static readonly HashSet<string> tagWords =
        Tag.All.SelectMany(tag => ExtractiveWords.Of(tag)).Select(GlanceWords.Singular).ToHashSet(StringComparer.Ordinal);

    // "time series forecasting": a pair that begins inside of a tag's name has lost its beginning.
    private static readonly HashSet<string> insideTags = Tag.All.SelectMany(tag => ExtractiveWords.Of(tag).Skip(1)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes the glance of a day.</summary>
    /// <param name="rows">The day's papers, in order.</param>
    /// <param name="others">Papers of other days, which tell how common a term is.</param>
    /// <param name="now">When.</param>
    /// <returns>The glance, or null where the papers have too little in common for three themes.</returns>
    public static Glance? Of(IReadOnlyList<PaperRow> rows, IEnumerable<PaperRow> others, DateTimeOffset now)
    {
        var papers = rows.Select(row => new Described(row, Terms(row))).ToList();
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = papers.Count;
        foreach (var term in papers.SelectMany(paper => paper.Terms.Keys))
            frequency[term] = frequency.GetValueOrDefault(term) + 1;
        foreach (var other in others)
        {
            count++;
            foreach (var term in Terms(other).Keys.Where(frequency.ContainsKey))
                frequency[term]++;
        }

        var themes = Themes(papers, term => Math.Log((1.0 + count) / (1 + frequency[term])));
        if (themes.Count < FewestThemes)
            return null;
        return new Glance
        {
            Paragraph = Paragraph(rows, themes),
            Themes = themes,
            Provenance = new GlanceProvenance { Method = SummaryMethod.Extractive, PromptVersion = Version, Papers = rows.Count, CreatedAt = now },
        };
    }

    private static List<GlanceTheme> Themes(List<Described> papers, Func<string, double> rarity)
    {
        var groups = Groups(papers, rarity);
        var themes = new List<GlanceTheme>();
        var covered = new HashSet<ArxivId>();
        var usedWords = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seed in groups)
        {
            if (themes.Count == MostThemes)
                break;
            if (seed.Papers.Count(paper => covered.Contains(paper.Id)) * 3 > seed.Papers.Count || Words(seed.Term).Any(usedWords.Contains))
                continue;

            // A second term that at least half of them share says more of what they have in common.
            var partner = groups.FirstOrDefault(other => other.Term.Contains(' ', StringComparison.Ordinal) && !Words(other.Term).Intersect(Words(seed.Term), StringComparer.Ordinal).Any()
                && other.Papers.Intersect(seed.Papers).Count() * 2 >= seed.Papers.Count
                && !Words(other.Term).Any(usedWords.Contains));
            themes.Add(Theme(seed, partner, themes));
            covered.UnionWith(seed.Papers.Select(paper => paper.Id));
            usedWords.UnionWith(Words(seed.Term));
            if (partner is not null)
                usedWords.UnionWith(Words(partner.Term));
        }

        // A day whose papers share no rare terms is told by its tags.
        foreach (var tag in papers.SelectMany(paper => paper.Row.Summary.Tags).CountBy(tag => tag)
            .Where(tag => tag.Value >= 2).OrderBy(tag => tag.Value > MostPapers).ThenByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (themes.Count >= FewestThemes)
                break;
            themes.Add(Theme(tag.Key, tag.Value, papers, themes));
        }

        return themes;
    }

    /// <summary>The papers of each term that a few share and at least two have in their titles, the most telling first.</summary>
    private static List<Group> Groups(List<Described> papers, Func<string, double> rarity)
    {
        var fewest = papers.Count < ManyPapers ? 2 : 3;
        var most = Math.Clamp(papers.Count * 3 / 10, 4, MostPapers);
        return
        [
            .. papers.SelectMany(paper => paper.Terms.Select(term => (Term: term.Key, term.Value.Weight, term.Value.Shown, Paper: paper)))
                .GroupBy(entry => entry.Term, StringComparer.Ordinal)
                .Where(group => group.Count() is var size && size >= fewest && size <= most && group.Count(entry => entry.Weight == WeightInTitle) >= 2 && !Words(group.Key).Where(GlanceWords.IsTelling).All(tagWords.Contains))
                .Select(group => new Group(
                    group.Key,
                    group.Select(entry => entry.Shown).CountBy(shown => shown).OrderByDescending(shown => shown.Value).ThenBy(shown => shown.Key, StringComparer.Ordinal).First().Key,
                    [.. group.OrderByDescending(entry => entry.Weight).ThenBy(entry => entry.Paper.Row.Position).Select(entry => entry.Paper)],
                    group.Sum(entry => entry.Weight) * rarity(group.Key) * (group.Key.Contains(' ', StringComparison.Ordinal) ? BonusForTwoWords : 1)))
                .OrderByDescending(group => group.Score).ThenBy(group => group.Term, StringComparer.Ordinal),
        ];
    }

    private static GlanceTheme Theme(Group seed, Group? partner, List<GlanceTheme> former)
    {
        var size = seed.Papers.Count;
        seed = AsWritten(seed);
        partner = partner is null ? null : AsWritten(partner);
        var tag = seed.Papers.SelectMany(paper => paper.Row.Summary.Tags).CountBy(tag => tag)
            .OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => ((string, int)?)(tag.Key, tag.Value)).FirstOrDefault();
        var terms = partner is null ? seed.Shown : $"{seed.Shown}, {partner.Shown}";
        var title = char.ToUpperInvariant(terms[0]) + terms[1..];
        var sentence = partner is null ? $"{Number(size)} papers share “{seed.Shown}”" : $"{Number(size)} papers share “{seed.Shown}”, most of them also “{partner.Shown}”";
        if (tag is var (name, tagged) && tagged * 2 >= size && tagged > 1)
            sentence += tagged == size ? $"; all are on {name}" : $"; {Number(tagged)} are on {name}";
        return new GlanceTheme(title, GlanceTheme.SlugOf(title, Taken(former)), sentence + ".", [.. seed.Papers.Select(paper => paper.Id)]);
    }

    private static GlanceTheme Theme(string tag, int tagged, List<Described> papers, List<GlanceTheme> former)
    {
        var sentence = tagged <= MostPapers ? $"{Number(tagged)} papers are on {tag}." : $"{Number(tagged)} papers are on {tag}; these are the first {Number(MostPapers)}.";
        return new GlanceTheme(tag, GlanceTheme.SlugOf(tag, Taken(former)), sentence, [.. papers.Where(paper => paper.Row.Summary.Tags.Contains(tag)).Take(MostPapers).Select(paper => paper.Id)]);
    }

    private static string Paragraph(IReadOnlyList<PaperRow> rows, List<GlanceTheme> themes)
    {
        var tags = rows.SelectMany(row => row.Summary.Tags).CountBy(tag => tag).OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).Take(3)
            .Select(tag => $"{tag.Key} ({Number(tag.Value)})").ToList();
        var about = tags.Count > 0 ? $"{Number(rows.Count)} papers, most of them on {Listed(tags)}." : $"{Number(rows.Count)} papers.";
        var standOut = Listed([.. themes.Select(theme => $"{theme.Title} ({Number(theme.Papers.Count)})")]);
        var together = themes.SelectMany(theme => theme.Papers).Distinct().Count();
        return $"{about} By the terms that they share, and that other papers rarely have, these groups stand out: {standOut}. Together they hold {Number(together)} of the day’s papers.";
    }

    /// <summary>The group with its term as its papers mostly write it: with a hyphen or without, and names in their capitals.</summary>
    private static Group AsWritten(Group group)
    {
        var written = group.Papers.SelectMany(paper => paper.Row.Summary.KeyPoints.Select(point => point.Claim).Prepend(paper.Row.Paper.Title))
            .SelectMany(text => Forms(group.Shown, text))
            .Select(Plain)
            .CountBy(form => form).OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal);
        return group with { Shown = written.Select(form => form.Key).FirstOrDefault(group.Shown) };

        // The capitals of a title are the title's; more than one in a word is a name's.
        static string Plain(string form)
        {
            var letters = form.ToCharArray();
            for (int start = 0, end; start < letters.Length; start = end + 1)
            {
                end = start;
                while (end < letters.Length && !IsBetweenWords(letters[end]))
                    end++;
                if (form[start..end].Count(char.IsUpper) > 1)
                    continue;
                for (var index = start; index < end; index++)
                    letters[index] = char.ToLowerInvariant(letters[index]);
            }

            return new string(letters);
        }
    }

    // A term's words as they stand in a text, in whatever case, with blanks or hyphens between them.
    private static IEnumerable<string> Forms(string term, string text)
    {
        for (var at = 0; at + term.Length <= text.Length; at++)
        {
            if (!IsBoundary(text, at) || !IsBoundary(text, at + term.Length) || !IsForm(text.AsSpan(at, term.Length), term))
                continue;
            yield return text.Substring(at, term.Length);
            at += term.Length - 1;
        }
    }

    private static bool IsForm(ReadOnlySpan<char> text, string term)
    {
        for (var index = 0; index < term.Length; index++)
        {
            if (term[index] == ' ' ? !IsBetweenWords(text[index]) : char.ToLowerInvariant(text[index]) != char.ToLowerInvariant(term[index]))
                return false;
        }

        return true;
    }

    private static bool IsBoundary(string text, int at) => (at > 0 && IsOfWord(text[at - 1])) != (at < text.Length && IsOfWord(text[at]));

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static bool IsBetweenWords(char character) => char.IsWhiteSpace(character) || character == '-';

    /// <summary>The terms of a paper's title and key points: telling words, and pairs of words with a telling one.</summary>
    private static Dictionary<string, (int Weight, string Shown)> Terms(PaperRow row)
    {
        var terms = new Dictionary<string, (int Weight, string Shown)>(StringComparer.Ordinal);
        Add(row.Paper.Title, WeightInTitle);
        foreach (var point in row.Summary.KeyPoints)
            Add(point.Claim, 1);
        return terms;

        void Add(string text, int weight)
        {
            // What a bracket or a comma parts is no term.
            foreach (var phrase in text.Split(['.', ',', ';', ':', '(', ')', '[', ']', '?', '!', '"', '$', '{', '}'], StringSplitOptions.RemoveEmptyEntries))
            {
                var words = ExtractiveWords.Of(phrase);
                for (var at = 0; at < words.Count; at++)
                {
                    if (GlanceWords.IsTelling(words[at]))
                        Note(GlanceWords.Singular(words[at]), words[at], weight);
                    if (at + 1 < words.Count && IsPair(words[at], words[at + 1]))
                        Note($"{words[at]} {GlanceWords.Singular(words[at + 1])}", $"{words[at]} {words[at + 1]}", weight);
                }
            }
        }

        void Note(string term, string shown, int weight)
        {
            if (!terms.TryGetValue(term, out var known) || known.Weight < weight)
                terms[term] = (weight, shown);
        }
    }

    private static bool IsPair(string first, string second) =>
        first.Length >= 3 && second.Length >= 3 && !GlanceWords.IsGrammar(first) && !GlanceWords.IsGrammar(second)
        && !insideTags.Contains(first) && !GlanceWords.IsQuality(second) && first.Any(char.IsLetter) && second.Any(char.IsLetter) && (GlanceWords.IsTelling(first) || GlanceWords.IsTelling(second));

    private static string[] Words(string term) => [.. term.Split(' ').Select(GlanceWords.Singular)];

    private static List<string> Taken(List<GlanceTheme> themes) => [.. themes.Select(theme => theme.Slug)];

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Listed(IReadOnlyList<string> items) => items.Count == 1 ? items[0] : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}";

    private sealed record Described(PaperRow Row, Dictionary<string, (int Weight, string Shown)> Terms)
    {
        public ArxivId Id => Row.Paper.Id;
    }

    private sealed record Group(string Term, string Shown, IReadOnlyList<Described> Papers, double Score);
}
