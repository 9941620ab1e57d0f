using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Removes page elements that are not part of the text: running heads, page numbers, line numbers, stamps.</summary>
internal static class PdfPageFurniture
{
    private const int MaxPreprintLength = 68;

    /// <summary>Returns the lines of each page without these elements.</summary>
    public static List<List<PdfLine>> Remove(IReadOnlyList<(PdfPageGlyphs Page, List<PdfLine> Lines)> pages)
    {
        var repeated = Repeated(pages);
        List<List<PdfLine>> result = [];
        foreach (var (page, lines) in pages)
        {
            var numbers = LineNumbers(lines);
            List<PdfLine> kept = [];
            var highest = lines.Count == 0 ? 0 : lines.Max(line => line.Baseline);
            var lowest = lines.Count == 0 ? 0 : lines.Min(line => line.Baseline);
            foreach (var original in lines)
            {
                var line = WithoutLineNumbers(original, numbers);
                if (line is null || repeated.Contains(Key(line)) && InMargin(line, page))
                    continue;
                var outermost = line.Baseline >= highest - 1 || line.Baseline <= lowest + 1;
                if (outermost && (InMargin(line, page) || IsApart(line, lines)) && PageNumber.IsMatch(line.Text))
                    continue;
                if (outermost && InMargin(line, page) && line.Segments.Count > 1 && line.BoldShare < 0.5
                    && (PageNumber.IsMatch(line.Segments[0].Text) || PageNumber.IsMatch(line.Segments[^1].Text)))
                {
                    continue; // "12   A. Author et al."
                }

                if (line.Baseline >= highest - 1 && line.BoldShare < 0.5 && RunningAuthors.IsMatch(line.Text))
                    continue; // The same as one segment, on too few pages to count as repeated.

                if (IsStamp(line.Text) && (InMargin(line, page) || line.Page == 1))
                    continue;
                kept.Add(line);
            }

            result.Add(kept);
        }

        return result;
    }

    // A long line that starts with "Preprint" is text.
    private static bool IsStamp(string line) =>
        stamps.IsMatch(new TokenizedText(line)) && (line.Length <= MaxPreprintLength || !line.StartsWith("preprint", StringComparison.OrdinalIgnoreCase));

    private static bool InMargin(PdfLine line, PdfPageGlyphs page) => line.Baseline > page.Height * 0.88 || line.Baseline < page.Height * 0.12;

    // On pages with wide margins, the page number is not within the margin zone.
    private static bool IsApart(PdfLine line, List<PdfLine> lines) =>
        lines.TrueForAll(other => other == line || Math.Abs(other.Baseline - line.Baseline) > 2 * line.Size);

    private static string Key(PdfLine line) => Digits.Replace(line.Text, "#").ToLowerInvariant();

    private static HashSet<string> Repeated(IReadOnlyList<(PdfPageGlyphs Page, List<PdfLine> Lines)> pages)
    {
        // A running head is at the very top or bottom of the page. Odd and even pages have different heads.
        Dictionary<string, HashSet<int>> seen = new(StringComparer.Ordinal);
        foreach (var (page, lines) in pages)
        {
            var candidates = lines.Where(line => InMargin(line, page)).OrderByDescending(line => line.Baseline).ToList();
            foreach (var line in candidates.Take(3).Concat(candidates.TakeLast(3)))
            {
                var key = Key(line);
                if (!seen.TryGetValue(key, out var numbers))
                    seen[key] = numbers = [];
                numbers.Add(page.Number);
            }
        }

        var least = Math.Max(2, pages.Count / 4);
        return seen.Where(pair => pair.Value.Count >= least).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The line numbers of a draft: isolated at the edge of a column, each higher than the one above.</summary>
    private static HashSet<PdfSegment> LineNumbers(List<PdfLine> lines)
    {
        HashSet<PdfSegment> result = [];
        var columns = lines.SelectMany(line => line.Segments)
            .Where(segment => segment.Text.Length is >= 1 and <= 4 && segment.Text.All(char.IsAsciiDigit))
            .GroupBy(segment => Math.Round(segment.Right / 6));
        foreach (var column in columns)
        {
            var numbers = column.OrderByDescending(segment => segment.Baseline).ToList();
            if (numbers.Count < 10)
                continue;

            var values = numbers.ConvertAll(segment => int.Parse(segment.Text, System.Globalization.CultureInfo.InvariantCulture));
            var rising = values.Zip(values.Skip(1), (first, second) => second - first is 1 or 5).Count(next => next);
            var left = numbers.Min(segment => segment.Left);
            var text = lines.SelectMany(line => line.Segments).Where(segment => segment.Glyphs.Count > 25).ToList();
            var beside = text.Count(segment => segment.Left < left && segment.Right > left);
            if (rising > 0.8 * (values.Count - 1) && beside < text.Count / 10 + 1)
                result.UnionWith(numbers);
        }

        return result;
    }

    private static PdfLine? WithoutLineNumbers(PdfLine line, HashSet<PdfSegment> numbers)
    {
        if (numbers.Count == 0 || !line.Segments.Any(numbers.Contains))
            return line;
        var rest = line.Segments.Where(segment => !numbers.Contains(segment)).ToList();
        return rest.Count == 0 ? null : new PdfLine(line.Page, rest) { Column = line.Column };
    }

    private static readonly LinearRegex Digits = new(@"[0-9]+");
    private static readonly LinearRegex PageNumber = new(@"^[\s–—-]*(page\s+)?([0-9]{1,4}|[ivxlc]{1,6})(\s*(of|/)\s*[0-9]{1,4})?[\s–—-]*$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex RunningAuthors = new(@"^([0-9]{1,4}\s+)?([A-Z]\.[\s-]*){1,3}\p{Lu}[\w’'-]+\s+et\s+al\.?(\s+[0-9]{1,4})?$|^[0-9]{1,4}\s+([A-Z]\.[\s-]*){1,3}\p{Lu}[\w’'-]+((,|,?\s+and)\s+([A-Z]\.[\s-]*){1,3}\p{Lu}[\w’'-]+){0,4}$");
    private static readonly PhraseMatcher stamps = new(
    [
        "^ (arxiv : \\w|preprint|under review|work in progress*|published as a*|accepted (at|by|to|for)|proceedings of the*|copyright|©|permission to make digital*"
            + "|correspondence to*|do not distribute*|(1*|2*|3*|4*|5*|6*|7*|8*|9*) conference on*)",
    ]);
}
