using System.Text;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries;

/// <summary>
/// Compares quotes with texts regardless of how these are set: white space, line-end hyphens, ligatures and compatibility forms, the many kinds
/// of quotation marks and dashes, soft hyphens and zero-width characters, and the case of letters.
/// </summary>
internal static class QuoteText
{
    /// <summary>Whether a quote stands in a text that <see cref="Normalize"/> gave.</summary>
    public static bool Contains(string normalizedText, string quote)
    {
        var normalized = Normalize(quote.Trim().Trim('"', '“', '”', '…').Trim());
        return normalized.Length > 0 && normalizedText.Contains(normalized, StringComparison.Ordinal);
    }

    /// <summary>The text as it is compared: without any white space, so that breaks and joints do not matter.</summary>
    public static string Normalize(string text)
    {
        var source = Characters.Normalize(text);
        var normalized = new StringBuilder(source.Length);
        for (var index = 0; index < source.Length; index++)
        {
            var character = source[index];
            if (char.IsWhiteSpace(character) || character is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF')
                continue;

            // Between letters a hyphen may be the line's end's, the word's or both; beside a figure it may be a minus.
            if (IsHyphen(character) && normalized.Length > 0 && char.IsLetter(normalized[^1]) && IsLetterNext(source, index + 1))
                continue;

            normalized.Append(character switch
            {
                '‘' or '’' or '‚' or '‛' or '`' or '´' => '\'',
                '“' or '”' or '„' or '‟' or '«' or '»' => '"',
                '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',
                _ => char.ToLowerInvariant(character),
            });
        }

        return normalized.ToString();
    }

    private static bool IsHyphen(char character) => character is '-' or '‐' or '‑';

    private static bool IsLetterNext(string text, int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
            index++;
        return index < text.Length && char.IsLetter(text[index]);
    }
}
