using System.Text;

namespace Denoised.Summaries;

/// <summary>Cuts a text into lower-case words for the lexicons: hyphens and slashes separate, TeX commands and apostrophes are left out.</summary>
internal static class ExtractiveWords
{
    /// <summary>The words of a text in order: runs of letters and digits, any alphabet. Linear in the text's length.</summary>
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>(text.Length / 6);
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            // "model's" and TeX's "r\'enyi" are one word each.
            if (c is '\'' or '’' && word.Length > 0)
                continue;

            if (c == '\\' && i + 1 < text.Length)
            {
                if (text[i + 1] is '\'' or '"' or '`' or '^' or '~')
                {
                    i++;
                    continue;
                }

                Flush(words, word);
                while (i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]))
                    i++;
                continue;
            }

            Flush(words, word);
        }

        Flush(words, word);
        return words;
    }

    private static void Flush(List<string> words, StringBuilder word)
    {
        if (word.Length == 0)
            return;
        words.Add(word.ToString());
        word.Clear();
    }
}
