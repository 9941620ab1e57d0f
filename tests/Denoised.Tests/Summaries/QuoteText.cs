using System.Text;
using Denoised.Text;

namespace Denoised.Tests.Summaries;

/// <summary>
/// Compares quotes with texts regardless of how these are set: white space, line-end hyphens, ligatures and compatibility forms, TeX, the many kinds
/// of quotation marks and dashes, soft hyphens and zero-width characters, and the case of letters.
/// </summary>
internal static class QuoteText
{
    /// <summary>Whether a quote stands in a text that <see cref="Normalize"/> gave.</summary>
    public static bool Contains(string normalizedText, string quote)
    {
        var normalized = Normalize(Trim(quote));
        return normalized.Length > 0 && normalizedText.Contains(normalized, StringComparison.Ordinal);
    }

    /// <summary>A quote without the marks that show it to be one.</summary>
    public static string Trim(string quote) => quote.Trim().Trim('"', '“', '”', '…').Trim();

    /// <summary>The text as it is compared: without any white space, so that breaks and joints do not matter.</summary>
    public static string Normalize(string text)
    {
        var source = PlainText.Of(text);
        var normalized = new StringBuilder(source.Length);
        for (var index = 0; index < source.Length; index++)
        {
            var character = source[index];
            // Maths is set with these, a table's cells end with a bar.
            if (char.IsWhiteSpace(character) || character is '^' or '_' or '|' or '{' or '}')
                continue;

            // Between letters a hyphen may be the line's end's, the word's or both; beside a figure it may be a minus.
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
