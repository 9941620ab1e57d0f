using Denoised.Arxiv.Feeds;

namespace Denoised.PaperText.Pdf;

/// <summary>Joins a drop cap (a capital two or three lines high) to the rest of its word in the first of these lines.</summary>
internal static class PdfDropCaps
{
    private const double MinRatio = 1.7;

    /// <summary>Returns the glyphs with the drop cap before the rest of its word and in that word's size.</summary>
    public static IReadOnlyList<PdfGlyph> Joined(IReadOnlyList<PdfGlyph> glyphs)
    {
        List<PdfGlyph>? result = null;
        for (var index = 0; index < glyphs.Count; index++)
        {
            var cap = glyphs[index];
            if (cap.Text.Length != 1 || !char.IsUpper(cap.Text[0]) || !IsAlone(glyphs, index) || Rest(glyphs, index) is not { } rest)
                continue;

            result ??= [.. glyphs];
            var next = glyphs[rest];
            // Lower case after a wide gap starts the next word, as in "A study".
            var isWord = char.IsLower(next.Text[0]) && next.Left - cap.Right > 0.3 * next.Size;
            var right = isWord ? next.Left - (0.3 * next.Size) : next.Left;
            // The lines next to the cap start at the right edge of the cap. A small indent keeps them in one paragraph.
            var joined = cap with { Left = right - (0.4 * next.Size), Right = right, Baseline = next.Baseline, Size = next.Size, Face = next.Face };
            result.RemoveAt(index);
            result.Insert(rest > index ? rest - 1 : rest, joined);
            return result; // An article has at most one.
        }

        return glyphs;
    }

    private static bool IsAlone(IReadOnlyList<PdfGlyph> glyphs, int index)
    {
        var cap = glyphs[index];
        return !(index > 0 && IsBeside(glyphs[index - 1])) && !(index + 1 < glyphs.Count && IsBeside(glyphs[index + 1]));

        bool IsBeside(PdfGlyph other) => other.Size > 0.7 * cap.Size && Math.Abs(other.Baseline - cap.Baseline) < 0.3 * cap.Size
            && other.Left < cap.Right + cap.Size && other.Right > cap.Left - cap.Size;
    }

    /// <summary>The first glyph next to the upper part of the cap, if it starts a line of text.</summary>
    private static int? Rest(IReadOnlyList<PdfGlyph> glyphs, int index)
    {
        const int minLineLength = 12;
        var cap = glyphs[index];
        int? best = null;
        for (var other = 0; other < glyphs.Count; other++)
        {
            var glyph = glyphs[other];
            if (glyph.Size * MinRatio > cap.Size || !char.IsLetter(glyph.Text[0]) || glyph.Left < cap.Right - (0.1 * glyph.Size)
                || glyph.Left > cap.Right + glyph.Size || glyph.Baseline < cap.Baseline + (0.5 * glyph.Size)
                || glyph.Baseline > cap.Baseline + (0.8 * cap.Size))
            {
                continue;
            }

            if (best is null || glyph.Baseline > glyphs[best.Value].Baseline + 1)
                best = other;
        }

        if (best is not { } first || first + minLineLength >= glyphs.Count)
            return null;
        for (var offset = 1; offset < minLineLength; offset++)
        {
            if (Math.Abs(glyphs[first + offset].Baseline - glyphs[first].Baseline) > 0.4 * glyphs[first].Size)
                return null;
        }

        return first;
    }
}
