using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>A bold heading on the first line of its paragraph: "Data sets. We use three".</summary>
/// <param name="Heading">The printed heading with its full stop.</param>
/// <param name="Remaining">The rest of the line; null if the heading fills the line.</param>
internal sealed record PdfRunInHeading(string Heading, PdfLine? Remaining)
{
    private const int MaxWords = 14;

    // Theorems and the parts of the front matter also have bold names.
    private static readonly string[] others =
    [
        "Theorem", "Lemma", "Proposition", "Corollary", "Definition", "Proof", "Remark", "Assumption", "Example", "Claim", "Conjecture", "Observation",
        "Fact", "Property", "Condition", "Keywords", "Index Terms", "Abstract", "Note", "Figure", "Table", "Algorithm", "Listing", "Input", "Output",
        "Require", "Ensure", "Acknowledg",
    ];

    /// <summary>The heading at the start of a line. Null if the line does not start in bold or the bold text does not end in a full stop.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isContinued">Whether the heading started on the previous line, so this line may start within a word.</param>
    public static PdfRunInHeading? Of(PdfLine line, bool isContinued = false)
    {
        if (line.Segments.Count > 2 || line.Segments.Count == 2 && line.Segments[1].Left - line.Segments[0].Right > 2.2 * line.Size)
            return null;

        var glyphs = line.Segments.SelectMany(segment => segment.Glyphs).ToList();
        var end = glyphs.FindIndex(glyph => !glyph.Face.Bold);
        if (end < 0)
            end = glyphs.Count;
        else if (end > 0 && glyphs[end].Text is "." or ":" && glyphs[end].Left - glyphs[end - 1].Right < 0.1 * line.Size)
            end++; // The full stop may be in the regular font.
        if (end < (isContinued ? 2 : 5) || glyphs[end - 1].Text is not ("." or "?" or "!" or ":"))
            return null;

        var heading = string.Join(' ', Part(line, 0, end).Select(segment => segment.Text));
        var words = Words.Count(heading);
        if (words is 0 or > MaxWords
            || !isContinued && (heading[^1] == ':' && words < 2 || !char.IsUpper(heading[0]) || heading.Count(char.IsLetter) < 0.6 * heading.Length
            || others.Any(other => heading.StartsWith(other, StringComparison.OrdinalIgnoreCase))))
        {
            return null;
        }

        return new PdfRunInHeading(heading, end == glyphs.Count ? null : new PdfLine(line.Page, [.. Part(line, end, glyphs.Count)]) { Column = line.Column });
    }

    private static IEnumerable<PdfSegment> Part(PdfLine line, int start, int end)
    {
        var offset = 0;
        foreach (var segment in line.Segments)
        {
            var (from, to) = (Math.Max(start - offset, 0), Math.Min(end - offset, segment.Glyphs.Count));
            if (from == 0 && to == segment.Glyphs.Count)
                yield return segment;
            else if (from < to)
                yield return new PdfSegment([.. segment.Glyphs.Skip(from).Take(to - from)]);
            offset += segment.Glyphs.Count;
        }
    }
}
