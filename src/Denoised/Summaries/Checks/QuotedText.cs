using System.Text;

namespace Denoised.Summaries.Checks;

/// <summary>A paper's text as quotes are looked up in it: regardless of how it is set, whole words only.</summary>
internal sealed class QuotedText
{
    private readonly string text;
    private readonly List<bool> wordStarts = [];
    private readonly List<int> starts = [];

    /// <param name="plainSentences">The paper's sentences in order.</param>
    public QuotedText(IEnumerable<string> plainSentences)
    {
        var whole = new StringBuilder();
        foreach (var sentence in plainSentences)
        {
            starts.Add(whole.Length);
            whole.Append(QuoteText.NormalizePlain(sentence, wordStarts));
        }

        text = whole.ToString();
    }

    /// <summary>The first and the last sentence that a quote stands in, or null where it stands nowhere.</summary>
    public (int First, int Last)? Find(string quote)
    {
        var normalized = QuoteText.Normalize(QuoteText.Trim(quote));
        if (normalized.Length == 0)
            return null;

        // A part of a word is another word.
        for (var start = text.IndexOf(normalized, StringComparison.Ordinal); start >= 0; start = text.IndexOf(normalized, start + 1, StringComparison.Ordinal))
        {
            var end = start + normalized.Length;
            if (wordStarts[start] && (end == text.Length || wordStarts[end] || !char.IsLetterOrDigit(text[end])))
                return (SentenceAt(start), SentenceAt(end - 1));
        }

        return null;
    }

    private int SentenceAt(int position)
    {
        var found = starts.BinarySearch(position);
        if (found < 0)
            return ~found - 1;

        // Sentences without a letter are empty here and begin where the next one does.
        while (found + 1 < starts.Count && starts[found + 1] == position)
            found++;
        return found;
    }
}
