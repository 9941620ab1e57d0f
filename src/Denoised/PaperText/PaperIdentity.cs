using System.Globalization;
using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>
/// Checks whether a document is the announced paper. arXiv may serve a template, a checklist or a supplement uploaded with the paper. Compares the
/// words of the title and the three-word phrases of the abstract, ignoring TeX, case and punctuation.
/// </summary>
public static class PaperIdentity
{
    // The first words: title, abstract and introduction. They include the abstract even if the reader did not recognise it.
    private const int OpeningWords = 1500;

    private const double PhrasesAlone = 0.3;
    private const double PhrasesBesideTitle = 0.1;
    private const double TitleWords = 0.75;
    private const int MinPhrases = 12;

    /// <summary>How the document differs from the announced paper, in one sentence; null if it is the same paper.</summary>
    public static string? Difference(PaperDocument document, string title, string @abstract)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(@abstract);
        var (titleShare, phraseShare, phrases) = Measure(document, title, @abstract);
        var isSame = phraseShare >= PhrasesAlone || titleShare >= TitleWords && (phraseShare >= PhrasesBesideTitle || phrases < MinPhrases);
        return isSame
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It is another document than the announced paper: it has {100 * titleShare:F0} % of the title's words and {100 * phraseShare:F0} % of the abstract's phrases.");
    }

    /// <summary>The shares of the title's words and of the abstract's phrases that occur in the document, and the number of phrases.</summary>
    internal static (double Title, double Phrases, int Count) Measure(PaperDocument document, string title, string @abstract)
    {
        var announced = WordsOf(title).ToHashSet(StringComparer.Ordinal);
        var own = WordsOf(document.Title).ToHashSet(StringComparer.Ordinal);
        var shared = announced.Count(own.Contains);
        // Either side may lack the subtitle. Titles of one or two words are too short for this tolerance.
        var shorter = Math.Min(announced.Count, own.Count);
        var titleShare = shared == 0 ? 0 : (double)shared / (shorter >= 3 ? shorter : Math.Max(announced.Count, own.Count));

        List<string> opening = [.. WordsOf(document.Title), .. WordsOf(document.Abstract)];
        foreach (var block in document.Sections.SelectMany(section => section.Blocks))
        {
            if (opening.Count >= OpeningWords)
                break;
            opening.AddRange(WordsOf(block.Text));
        }

        var phrases = Phrases(WordsOf(@abstract)).ToHashSet();
        var found = Phrases(opening).ToHashSet();
        return (titleShare, phrases.Count == 0 ? 0 : (double)phrases.Count(found.Contains) / phrases.Count, phrases.Count);
    }

    private static IEnumerable<(string, string, string)> Phrases(List<string> words)
    {
        for (var index = 2; index < words.Count; index++)
            yield return (words[index - 2], words[index - 1], words[index]);
    }

    /// <summary>Words of at least two letters in lower case, without formulas, commands and accents.</summary>
    private static List<string> WordsOf(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        var inMaths = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '$' && !(index > 0 && text[index - 1] == '\\'))
                inMaths = !inMaths;
            if (!inMaths && character == '\\')
                index = AfterCommand(text, index);
            else if (!inMaths && char.IsLetter(character))
                word.Append(char.ToLowerInvariant(character));
            else if (!inMaths && (character is '{' or '}' or '\u00AD' || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark))
                continue;
            else
                End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 1)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>The index of the last character of a command (<c>\emph</c>, <c>\%</c>).</summary>
    private static int AfterCommand(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return end == start + 1 ? Math.Min(end, text.Length - 1) : end - 1;
    }
}
