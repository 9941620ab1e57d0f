using System.Text;
using Denoised.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics.Colors;

namespace Denoised.PaperText.Pdf;

/// <summary>The visible glyphs of a page, in drawing order.</summary>
/// <param name="Number">The page number, starting at 1.</param>
/// <param name="Width">The width in reading orientation.</param>
/// <param name="Height">The height in reading orientation.</param>
/// <param name="Glyphs">The glyphs without white space; word boundaries follow from distances.</param>
internal sealed record PdfPageGlyphs(int Number, double Width, double Height, IReadOnlyList<PdfGlyph> Glyphs)
{
    // Below any legible size: a second-order subscript in a footnote has 5 points.
    private const double TinyPoints = 1.5;

    public static PdfPageGlyphs Of(Page page, Dictionary<string, PdfFace> faces, HiddenTextLog hidden)
    {
        var letters = page.Letters;
        var rotation = Rotation(letters);
        var recognised = IsRecognisedScan(page, letters);
        List<PdfRectangle>? backgrounds = null;
        List<PdfGlyph> glyphs = new(letters.Count);
        HiddenStretch stretch = new(hidden);

        foreach (var letter in letters)
        {
            if (HidingOf(letter, page, recognised, ref backgrounds) is { } kind)
            {
                stretch.Add(kind, letter);
                continue;
            }

            stretch.End();
            if (letter.TextOrientation != rotation || letter.Value is null or "" or " " or "\t" or "\u00A0" or "\n" or "\r\n")
                continue;

            var name = letter.FontName ?? "";
            if (!faces.TryGetValue(name, out var face))
                faces[name] = face = new PdfFace(name);

            var start = Turned(letter.StartBaseLine, rotation, page);
            var end = Turned(letter.EndBaseLine, rotation, page);
            var size = Size(letter);
            if (double.IsFinite(start.X) && double.IsFinite(start.Y) && double.IsFinite(end.X) && double.IsFinite(size) && size > 0)
                glyphs.Add(new PdfGlyph(letter.Value, Math.Min(start.X, end.X), Math.Max(start.X, end.X), start.Y, size, face));
        }

        stretch.End();
        var turned = rotation is TextOrientation.Rotate90 or TextOrientation.Rotate270;
        return new PdfPageGlyphs(page.Number, turned ? page.Height : page.Width, turned ? page.Width : page.Height, glyphs);
    }

    // Vertical text in the margin is arXiv's stamp or an axis label. A page of mostly vertical text is a table in landscape.
    private static TextOrientation Rotation(IReadOnlyList<Letter> letters)
    {
        Dictionary<TextOrientation, int> counts = [];
        foreach (var letter in letters)
            counts[letter.TextOrientation] = counts.GetValueOrDefault(letter.TextOrientation) + 1;
        var most = counts.Where(count => count.Key is not TextOrientation.Other).OrderByDescending(count => count.Value).FirstOrDefault();
        return most.Value > letters.Count * 0.6 && (most.Key is TextOrientation.Horizontal || AreLines(letters, most.Key))
            ? most.Key
            : TextOrientation.Horizontal;
    }

    // Unlike lines of text, each label of a drawing has its own baseline.
    private static bool AreLines(IReadOnlyList<Letter> letters, TextOrientation rotation)
    {
        const int minLineLength = 12;
        int count = 0, lines = 0;
        var last = double.NaN;
        foreach (var letter in letters)
        {
            if (letter.TextOrientation != rotation)
                continue;
            var baseline = rotation is TextOrientation.Rotate180 ? letter.StartBaseLine.Y : letter.StartBaseLine.X;
            count++;
            if (!(Math.Abs(baseline - last) < 1))
                lines++;
            last = baseline;
        }

        return count > minLineLength * lines;
    }

    private static PdfPoint Turned(PdfPoint point, TextOrientation rotation, Page page) => rotation switch
    {
        TextOrientation.Rotate90 => new PdfPoint(page.Height - point.Y, point.X),
        TextOrientation.Rotate270 => new PdfPoint(point.Y, page.Width - point.X),
        TextOrientation.Rotate180 => new PdfPoint(page.Width - point.X, page.Height - point.Y),
        _ => point,
    };

    // The nominal size of TeX's bitmap fonts is unrelated to their printed size.
    private static double Size(Letter letter)
    {
        var size = Math.Abs(letter.PointSize);
        return size >= TinyPoints ? size : Math.Max(size, Math.Max(letter.BoundingBox.Height, letter.BoundingBox.Width) * 1.3);
    }

    private static HiddenTextKind? HidingOf(Letter letter, Page page, bool recognised, ref List<PdfRectangle>? backgrounds)
    {
        var box = letter.BoundingBox;
        var x = (letter.StartBaseLine.X + letter.EndBaseLine.X) / 2;
        var y = letter.StartBaseLine.Y;
        if (x < -3 || y < -3 || x > page.Width + 3 || y > page.Height + 3)
            return HiddenTextKind.OffPage;
        if (Size(letter) < TinyPoints && box.Height < TinyPoints)
            return HiddenTextKind.Tiny;
        if (letter.RenderingMode is TextRenderingMode.Neither or TextRenderingMode.NeitherClip && !recognised)
            return HiddenTextKind.NotDrawn;
        if (!IsWhite(letter.Color))
            return null;

        // White text on a dark background is visible, such as a table header or a label in a drawing.
        backgrounds ??= [.. Backgrounds(page)];
        foreach (var background in backgrounds)
        {
            if (x >= background.Left - 1 && x <= background.Right + 1 && y >= background.Bottom - 1 && y <= background.Top + 1)
                return null;
        }

        return HiddenTextKind.White;
    }

    private static IEnumerable<PdfRectangle> Backgrounds(Page page)
    {
        foreach (var path in page.Paths)
        {
            if (path.IsFilled && !path.IsClipping && !IsWhite(path.FillColor) && path.GetBoundingRectangle() is { } box)
                yield return box;
        }

        foreach (var image in page.GetImages())
            yield return image.BoundingBox;
    }

    private static bool IsWhite(IColor? color)
    {
        if (color is null or PatternColor)
            return false;
        var (red, green, blue) = color.ToRGBValues();
        return red >= 0.94 && green >= 0.94 && blue >= 0.94;
    }

    // A scanned page is an image with invisible recognised text on top, which matches what readers see.
    private static bool IsRecognisedScan(Page page, IReadOnlyList<Letter> letters)
    {
        var undrawn = letters.Count(letter => letter.RenderingMode is TextRenderingMode.Neither or TextRenderingMode.NeitherClip);
        return undrawn > letters.Count / 2 && page.NumberOfImages > 0;
    }

    /// <summary>Joins consecutive hidden glyphs into one finding.</summary>
    private sealed class HiddenStretch(HiddenTextLog hidden)
    {
        private readonly StringBuilder text = new();
        private HiddenTextKind kind;
        private PdfPoint last;

        public void Add(HiddenTextKind kind, Letter letter)
        {
            if (kind != this.kind)
                End();
            this.kind = kind;
            if (text.Length > 0 && (Math.Abs(letter.StartBaseLine.Y - last.Y) > 0.1 || letter.StartBaseLine.X - last.X > 0.15 * Math.Abs(letter.PointSize)))
                text.Append(' ');
            text.Append(letter.Value);
            last = letter.EndBaseLine;
            // Bounds the buffer: a hostile page may draw millions of hidden glyphs.
            if (text.Length > 4000)
                End();
        }

        public void End()
        {
            if (text.Length > 0)
                hidden.Add(kind, text.ToString());
            text.Clear();
        }
    }
}
