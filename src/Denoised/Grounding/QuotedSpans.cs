using System.Buffers;
using System.Text;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>Finds quotations in a sentence.</summary>
internal static class QuotedSpans
{
    // With fewer words around the quotation, the sentence counts as the quotation.
    private const int MinWordsOutside = 4;

    private const int MaxSentencesPerQuote = 4;

    private const int MaxQuoteLength = 300;

    private static readonly SearchValues<char> opening = SearchValues.Create("“„«\"‘'`");

    /// <summary>The sentence without its quotations; unchanged when it is only a quotation.</summary>
    public static string Removed(string sentence)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var at = sentence.AsSpan().IndexOfAny(opening); at >= 0 && at < sentence.Length; at++)
        {
            if (LengthAt(sentence, at) is > 0 and var length)
            {
                result = (result ?? new StringBuilder()).Append(sentence, copied, at - copied).Append(" […] ");
                copied = at + length;
                at = copied - 1;
            }
        }

        if (result is null)
            return sentence;
        var remainder = result.Append(sentence, copied, sentence.Length - copied).ToString();
        return Words.Count(remainder) >= MinWordsOutside ? remainder : sentence;
    }

    /// <summary>The sentences of a text. Never splits a quotation of several sentences.</summary>
    public static List<string> SentencesOf(string text)
    {
        var sentences = new List<string>();
        var (isOpen, parts) = (false, 0);
        foreach (var sentence in Sentences.Of(text))
        {
            if (isOpen && parts < MaxSentencesPerQuote)
                (sentences[^1], parts) = ($"{sentences[^1]} {sentence}", parts + 1);
            else
                (parts, isOpen) = (1, false);
            if (parts == 1)
                sentences.Add(sentence);
            isOpen = sentences[^1].Count('"') % 2 == 1 || sentences[^1].Count('“') > sentences[^1].Count('”');
        }

        return sentences;
    }

    /// <summary>The length of the quotation that starts at an index, including its marks; 0 for none.</summary>
    private static int LengthAt(string text, int start) => text[start] switch
    {
        '“' or '„' or '«' => Length(text, start, "”«»“", 1) is > 0 and var length && text[start + length - 1] != '«' ? length : 0,
        '"' => Length(text, start, "\"", 1),
        '`' when text.AsSpan(start + 1).StartsWith("`") => Length(text, start + 1, "`'", 1) is > 0 and var length
            && text.AsSpan(start + length).StartsWith("''") ? length + 2 : 0,
        // A mark between letters is an apostrophe.
        '‘' or '\'' or '`' when (start == 0 || !char.IsLetter(text[start - 1])) && start + 1 < text.Length && char.IsLetter(text[start + 1]) =>
            Length(text, start, "’'`", 3) is > 0 and var length && (start + length == text.Length || !char.IsLetter(text[start + length])) ? length : 0,
        _ => 0,
    };

    private static int Length(string text, int start, string ends, int minLength)
    {
        var inside = text.AsSpan(start + 1, Math.Min(MaxQuoteLength + 1, text.Length - start - 1)).IndexOfAny(ends);
        return inside < minLength ? 0 : inside + 2;
    }
}
