using System.Collections.Frozen;

namespace Denoised.Summaries;

/// <summary>Reads an abstract sentence by sentence: roles by their cues and their place, centrality by the words that come back.</summary>
internal static class ExtractiveReading
{
    private static readonly FrozenSet<string> functionWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "about", "above", "across", "after", "also", "although", "among", "and", "any", "are", "been", "being", "between", "both", "but", "can", "could", "does", "each",
        "for", "from", "further", "had", "has", "have", "here", "how", "however", "into", "its", "may", "more", "most", "much", "not", "often", "only", "other", "our",
        "over", "own", "per", "same", "several", "show", "shows", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
        "thus", "too", "under", "using", "very", "via", "was", "were", "what", "when", "where", "whether", "which", "while", "who", "will", "with", "within", "without", "would", "yet",
        "propose", "present", "introduce", "paper", "work", "method", "methods", "approach", "results", "novel", "new", "existing", "based", "use", "used");

    /// <summary>The abstract's sentences in order, each with what it speaks of.</summary>
    public static List<ExtractiveSentence> Read(string title, List<string> sentences)
    {
        var read = new List<ExtractiveSentence>(sentences.Count);
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        SentenceRole? heading = null;
        for (var i = 0; i < sentences.Count; i++)
        {
            var words = ExtractiveWords.Of(sentences[i]);
            var roles = ExtractiveCues.Score(words);
            heading = ExtractiveCues.Heading(sentences[i]) ?? heading;
            AddPlace(roles, i, sentences.Count);
            AddFigures(roles, sentences[i]);
            if (SpeaksOfOthers(words))
            {
                roles[(int)SentenceRole.Problem] += 3;
                foreach (var own in (ReadOnlySpan<SentenceRole>)[SentenceRole.Method, SentenceRole.Result, SentenceRole.Implication])
                    roles[(int)own] = Math.Min(roles[(int)own], 1);
            }

            if (heading is { } role)
                roles[(int)role] += 20;
            var content = words.Where(word => word.Length > 2 && !functionWords.Contains(word)).Select(Stem).ToHashSet(StringComparer.Ordinal);
            foreach (var stem in content)
                frequency[stem] = frequency.GetValueOrDefault(stem) + 1;
            read.Add(new ExtractiveSentence { Text = sentences[i], Index = i, Words = CountWords(sentences[i]), Roles = roles, Content = content });
        }

        var titleStems = ExtractiveWords.Of(title).Select(Stem).ToHashSet(StringComparer.Ordinal);
        var weights = read.ConvertAll(sentence => sentence.Content.Sum(stem => (frequency[stem] - 1) + (titleStems.Contains(stem) ? 2 : 0)) / Math.Sqrt(sentence.Content.Count + 4.0));
        var highest = weights.Count == 0 ? 0 : weights.Max();
        return [.. read.Select((sentence, i) => sentence with { Centrality = highest > 0 ? weights[i] / highest : 0 })];
    }

    /// <summary>"Prior studies have shown …", "While recent methods …": the findings of others are not the paper's own.</summary>
    private static bool SpeaksOfOthers(List<string> words)
    {
        var first = words.Count > 0 && words[0] is "while" or "although" or "though" or "however" or "yet" or "unlike" or "many" or "most" ? 1 : 0;
        return words.Count > first && words[first] is "prior" or "previous" or "existing" or "recent" or "traditional" or "conventional" && !words.Contains("we");
    }

    /// <summary>Abstracts open with the problem and close with results and what follows.</summary>
    private static void AddPlace(double[] roles, int index, int count)
    {
        if (count < 3)
            return;
        var place = (double)index / (count - 1);
        if (place < 0.3)
            roles[(int)SentenceRole.Problem] += 1.5;
        else
            roles[(int)SentenceRole.Problem] -= 1.5 * place;
        if (place is > 0.25 and < 0.75)
            roles[(int)SentenceRole.Method] += 1;
        if (place < 0.3)
            roles[(int)SentenceRole.Result] -= 1.5;
        else if (place > 0.5)
            roles[(int)SentenceRole.Result] += 1;
        roles[(int)SentenceRole.Implication] += index == count - 1 ? 1.5 : place > 0.6 ? 0 : -3;
    }

    /// <summary>Percentages, factors and decimals are results more often than not.</summary>
    private static void AddFigures(double[] roles, string sentence)
    {
        var figures = 0;
        for (var i = 1; i < sentence.Length; i++)
        {
            if (!char.IsAsciiDigit(sentence[i - 1]))
                continue;
            if (sentence[i] is '%' or '×' || (sentence[i] == 'x' && (i + 1 == sentence.Length || !char.IsAsciiLetterOrDigit(sentence[i + 1]))))
                figures += 2;
            else if (sentence[i] == '\\' && i + 1 < sentence.Length && sentence[i + 1] is '%' or 't')
                figures += 2;
            else if (sentence[i] == '.' && i + 1 < sentence.Length && char.IsAsciiDigit(sentence[i + 1]))
                figures++;
        }

        roles[(int)SentenceRole.Result] += Math.Min(figures, 4);
    }

    private static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"])
        {
            if (word.Length - ending.Length >= 4 && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }

        return word;
    }

    private static int CountWords(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1])))
                count++;
        }

        return count;
    }
}
