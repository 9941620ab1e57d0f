using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Combines accents with their letters. TeX draws an accent as a separate character, usually before its letter. Uncombined, an estimate of Q would
/// read "ˆ Q", and a line break could separate the two.
/// </summary>
internal static class PdfAccents
{
    /// <summary>Returns the glyphs with each accent merged into its letter.</summary>
    public static IReadOnlyList<PdfGlyph> Joined(IReadOnlyList<PdfGlyph> glyphs)
    {
        List<PdfGlyph>? result = null;
        for (var index = 0; index < glyphs.Count; index++)
        {
            var glyph = glyphs[index];
            if (glyph.Text.Length == 1 && Combining(glyph.Text[0]) is { } mark)
            {
                var last = result is not null ? result.Count - 1 : index - 1;
                if (index + 1 < glyphs.Count && IsOver(glyph, glyphs[index + 1], tolerance: 0.15))
                {
                    (result ??= [.. glyphs.Take(index)]).Add(WithMark(glyphs[++index], mark));
                    continue;
                }

                if (last >= 0 && IsOver(glyph, result is not null ? result[last] : glyphs[last], tolerance: 0))
                {
                    result ??= [.. glyphs.Take(index)];
                    result[last] = WithMark(result[last], mark);
                    continue;
                }
            }

            result?.Add(glyph);
        }

        return result ?? glyphs;
    }

    private static bool IsOver(PdfGlyph accent, PdfGlyph letter, double tolerance)
    {
        var middle = (accent.Left + accent.Right) / 2;
        return letter.Text.Length == 1 && char.IsLetter(letter.Text[0])
            && middle > letter.Left - (tolerance * letter.Size) && middle < letter.Right + (tolerance * letter.Size)
            && accent.Baseline > letter.Baseline - (0.3 * letter.Size) && accent.Baseline < letter.Baseline + (1.3 * letter.Size);
    }

    private static PdfGlyph WithMark(PdfGlyph letter, char mark)
    {
        var plain = letter.Text[0] switch { 'ı' => 'i', 'ȷ' => 'j', var other => other };
        return letter with { Text = Characters.Composed(plain, mark)?.ToString() ?? $"{plain}{mark}" };
    }

    private static char? Combining(char accent) => accent switch
    {
        '´' => '\u0301',
        '`' => '\u0300',
        '¨' => '\u0308',
        'ˆ' or '^' => '\u0302',
        '˜' or '~' => '\u0303',
        'ˇ' => '\u030C',
        '˘' => '\u0306',
        '¯' => '\u0304',
        '˙' => '\u0307',
        '˚' => '\u030A',
        '˝' => '\u030B',
        '¸' => '\u0327',
        _ => null,
    };
}
