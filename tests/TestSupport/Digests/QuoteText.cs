using System.Text;
using Denoised.Text;

namespace Denoised.TestSupport.Digests;

/// <summary>
/// Compares quotes with texts regardless of typesetting: white space, hyphens at line ends, ligatures and compatibility forms, TeX, variants of
/// quotation marks and dashes, soft hyphens, zero-width characters and case.
/// </summary>
internal static class QuoteText
{
    /// <summary>Whether a text from <see cref="Normalize"/> contains a quote.</summary>
    public static bool Contains(string normalizedText, string quote)
    {
        var normalized = Normalize(Trim(quote));
        return normalized.Length > 0 && normalizedText.Contains(normalized, StringComparison.Ordinal);
    }

    /// <summary>Removes the quotation marks and ellipses around a quote.</summary>
    public static string Trim(string quote) => quote.Trim().Trim('"', '“', '”', '…').Trim();

    /// <summary>Returns the text for the comparison. It contains no white space, so line breaks do not matter.</summary>
    public static string Normalize(string text)
    {
        var source = PlainText.Of(text);
        var normalized = new StringBuilder(source.Length);
        for (var index = 0; index < source.Length; index++)
        {
            var character = source[index];
            // The markup of maths, and the bars between table cells.
            if (char.IsWhiteSpace(character) || character is '^' or '_' or '|' or '{' or '}')
                continue;

            // Between letters a hyphen can belong to the line end or to the word. Next to a digit it can be a minus sign.
            if (character == '-' && normalized.Length > 0 && char.IsLetter(normalized[^1]) && IsLetterNext(source, index + 1))
                continue;

            normalized.Append(char.ToLowerInvariant(character));
        }

        return normalized.ToString();
    }

    private static bool IsLetterNext(string text, int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
            index++;
        return index < text.Length && char.IsLetter(text[index]);
    }
}
