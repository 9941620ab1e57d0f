using Denoised.Arxiv.Feeds;

namespace Denoised.PaperText.Pdf;

/// <summary>Groups a page's glyphs into lines in reading order.</summary>
internal static class PdfLines
{
    // Wider than the space after a section number (1 em), narrower than the distance between two table cells (12 points in TeX).
    private const double CellGap = 1.15;

    private static readonly HashSet<string> hanging = new(["√", "∑", "∏", "∫", "⋃", "⋂"], StringComparer.Ordinal);

    public static List<PdfLine> Of(PdfPageGlyphs page)
    {
        var segments = Segments(PdfDropCaps.Joined(PdfAccents.Joined(page.Glyphs)));
        if (segments.Count == 0)
            return [];

        // TeX draws a page in reading order, column by column. Other programs may draw each line across both columns.
        var gutter = Gutter(segments, page);
        if (gutter is { } x && IsInterleaved(segments, x))
            segments = ByColumn(segments, x);
        else if (IsDisordered(segments))
            segments = gutter is { } middle
                ? ByColumn(segments, middle)
                : [.. segments.OrderByDescending(segment => Math.Round(segment.Baseline)).ThenBy(segment => segment.Left)];

        List<PdfLine> lines = [];
        List<PdfSegment> row = [];
        foreach (var segment in segments)
        {
            if (row.Count > 0
                && !(IsSameRow(row[^1], segment) && !IsBesideHeading(row[^1], segment)
                    && !(gutter is { } g && IsColumnText(row[^1], g) && IsColumnText(segment, g) && row[^1].Right < g && segment.Left > g)))
            {
                lines.Add(new PdfLine(page.Number, row));
                row = [];
            }

            row.Add(segment);
        }

        if (row.Count > 0)
            lines.Add(new PdfLine(page.Number, row));

        foreach (var line in lines)
            line.Column = gutter is not { } edge ? 0 : line.Right < edge + 2 ? 0 : line.Left > edge - 2 ? 1 : -1;
        return lines;
    }

    private static List<PdfSegment> Segments(IReadOnlyList<PdfGlyph> glyphs)
    {
        List<PdfSegment> segments = [];
        List<PdfGlyph> current = [];
        double baseline = 0, size = 0;
        for (var index = 0; index < glyphs.Count; index++)
        {
            var glyph = Grounded(glyphs, index, current.Count > 0 ? current[^1] : null);
            if (current.Count > 0)
            {
                var previous = current[^1];
                var em = Math.Max(size, glyph.Size);
                var gap = glyph.Left - previous.Right;
                var shift = Math.Abs(glyph.Baseline - baseline);
                // A subscript may follow below an exponent, and an accent above its letter.
                var joins = shift <= 0.55 * em && gap < CellGap * Math.Max(size, Math.Min(glyph.Size, size * 1.2))
                    && gap > (shift < 0.05 * em ? -0.6 : -1.6) * em;
                if (!joins)
                {
                    segments.Add(new PdfSegment(current));
                    current = [];
                }
            }

            if (current.Count == 0)
            {
                baseline = glyph.Baseline;
                size = glyph.Size;
            }
            else if (glyph.Size > size * 1.15)
            {
                // The segment starts with a raised mark.
                baseline = glyph.Baseline;
                size = glyph.Size;
            }

            current.Add(glyph);
        }

        if (current.Count > 0)
            segments.Add(new PdfSegment(current));
        return segments;
    }

    // TeX hangs roots, sums and large delimiters from their upper edge, so their baseline is that of the line above.
    private static PdfGlyph Grounded(IReadOnlyList<PdfGlyph> glyphs, int index, PdfGlyph? previous)
    {
        var glyph = glyphs[index];
        if (!glyph.Face.Math || !glyph.Face.Extension && !hanging.Contains(Sign(glyph)))
            return glyph;

        // The largest delimiters are three lines high and centred on their line.
        var deepest = glyph.Face.Extension ? 2.2 : 1.3;
        if (Sign(glyph) != "√" && previous is { } before && glyph.Left - before.Right > -0.3 * before.Size && glyph.Left - before.Right < before.Size
            && Hangs(before))
        {
            return glyph with { Baseline = before.Baseline };
        }

        var following = index + 1;
        while (following < glyphs.Count && following < index + 4 && glyphs[following].Face.Extension)
            following++;
        if (following < glyphs.Count && glyphs[following] is var next && next.Left - glyph.Right < (following - index) * 0.8 * next.Size
            && next.Left - glyph.Right > -0.4 * next.Size && Hangs(next))
        {
            return glyph with { Baseline = next.Baseline };
        }

        return glyph;

        static string Sign(PdfGlyph glyph) => PdfSymbols.Of(glyph.Face, glyph.Text) ?? glyph.Text;

        bool Hangs(PdfGlyph neighbour) => glyph.Baseline - neighbour.Baseline is var drop && drop > 0.3 * neighbour.Size && drop < deepest * neighbour.Size;
    }

    private static bool IsSameRow(PdfSegment left, PdfSegment right) =>
        Math.Abs(left.Baseline - right.Baseline) < 0.35 * Math.Max(left.Size, right.Size) && right.Left > left.Right - 1;

    // A figure with text flowing around it may have a line at the height of a heading.
    private static bool IsBesideHeading(PdfSegment left, PdfSegment right) =>
        left.Bold > 0.8 * left.Glyphs.Count && right.Bold == 0 && left.Text.Length > 4 && char.IsAsciiDigit(left.Text[0])
        && left.Text.Contains(' ', StringComparison.Ordinal)
        && left.Text.Any(char.IsLower) && right.Left - left.Right > 2 * left.Size;

    private static bool IsColumnText(PdfSegment segment, double gutter) => segment.Glyphs.Count > 25 && segment.Right - segment.Left > gutter * 0.35;

    /// <summary>The middle of the gap between two columns; null for a single column.</summary>
    private static double? Gutter(List<PdfSegment> segments, PdfPageGlyphs page)
    {
        var text = segments.Where(segment => segment.Glyphs.Count > 15).ToList();
        if (text.Count < 12)
            return null;

        double? best = null;
        var bestCrossings = int.MaxValue;
        var width = 0d;
        for (var x = page.Width * 0.42; x <= page.Width * 0.58; x += 2)
        {
            var crossings = text.Count(segment => segment.Left < x && segment.Right > x);
            // Lines of a column are wide. Narrow segments may be table cells.
            var left = text.Count(segment => segment.Right <= x && segment.Right - segment.Left > 0.22 * page.Width);
            var right = text.Count(segment => segment.Left >= x && segment.Right - segment.Left > 0.22 * page.Width);
            if (Math.Min(left, right) < 0.15 * text.Count || left + right < 0.5 * text.Count || crossings > 0.4 * text.Count)
                continue;
            if (crossings < bestCrossings)
                (best, bestCrossings, width) = (x, crossings, 0);
            else if (crossings == bestCrossings && best is not null && x - best <= width + 2.1)
                width += 2;
        }

        return best + (width / 2);
    }

    private static bool IsInterleaved(List<PdfSegment> segments, double gutter)
    {
        int jumps = 0, columns = 0;
        for (var index = 1; index < segments.Count; index++)
        {
            var (previous, segment) = (segments[index - 1], segments[index]);
            if (!IsColumnText(segment, gutter))
                continue;
            columns++;
            if (IsColumnText(previous, gutter) && previous.Right < gutter && segment.Left > gutter
                && Math.Abs(previous.Baseline - segment.Baseline) < segment.Size * 0.5)
            {
                jumps++;
            }
        }

        return columns > 8 && jumps > columns * 0.2;
    }

    // Text that repeatedly moves up the page is not in reading order. A new column, a float or a margin note moves up only once.
    private static bool IsDisordered(List<PdfSegment> segments)
    {
        int climbs = 0, steps = 0;
        PdfSegment? previous = null;
        foreach (var segment in segments)
        {
            if (segment.Glyphs.Count <= 25)
                continue;
            if (previous is not null)
            {
                steps++;
                if (segment.Baseline > previous.Baseline + segment.Size)
                    climbs++;
            }

            previous = segment;
        }

        return steps > 8 && climbs > steps * 0.25;
    }

    /// <summary>Between lines that span the page: the left column, then the right one.</summary>
    private static List<PdfSegment> ByColumn(List<PdfSegment> segments, double gutter)
    {
        List<PdfSegment> result = new(segments.Count);
        List<PdfSegment> left = [], right = [];
        foreach (var segment in segments.OrderByDescending(segment => Math.Round(segment.Baseline)).ThenBy(segment => segment.Left))
        {
            if (segment.Right <= gutter + 2)
            {
                left.Add(segment);
            }
            else if (segment.Left >= gutter - 2)
            {
                right.Add(segment);
            }
            else
            {
                result.AddRange(left);
                result.AddRange(right);
                left.Clear();
                right.Clear();
                result.Add(segment);
            }
        }

        result.AddRange(left);
        result.AddRange(right);
        return result;
    }
}
