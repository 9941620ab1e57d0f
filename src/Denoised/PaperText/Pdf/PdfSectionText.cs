using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Turns the lines of a section's blocks into text: paragraphs, tables, listings and formulas.</summary>
/// <param name="layout">The geometry of the lines.</param>
/// <param name="joiner">Joins the lines of paragraphs.</param>
internal sealed class PdfSectionText(PdfPageLayout layout, PdfParagraphText joiner)
{
    private static readonly string[] authorNotes =
    [
        "∗", "*", "†", "‡", "§", "¶", "Equal contribution", "Corresponding author", "Work done while", "Work done during", "Work done at",
        "Work performed while", "Work performed during", "Work performed at",
    ];

    /// <summary>The section with the text of its blocks.</summary>
    public PaperSection Closed(PdfOpenSection section)
    {
        List<PaperBlock> blocks = [];
        foreach (var open in Regrouped(section.Blocks))
        {
            var text = open.Kind switch
            {
                BlockKind.Table => string.Join('\n', Rows(open.Lines)),
                BlockKind.Listing => string.Join('\n', ListingLines(open.Lines)),
                BlockKind.Equation => string.Join(' ', open.Lines.Select(line => line.Text)),
                _ => joiner.Join(open.Lines.Select(line => line.Text)),
            };

            // Two columns of words on one line are not a table.
            var kind = open.Kind;
            if (kind is BlockKind.Table && !text.Contains('\n', StringComparison.Ordinal))
                (kind, text) = (BlockKind.Paragraph, joiner.Join(open.Lines.Select(line => line.Text)));
            if (Words.Count(text) == 0
                || kind is BlockKind.Paragraph && open.Lines[0].Page == layout.Lines[0].Page && open.Lines[0].Size < layout.BodySize * 0.95
                && Array.Exists(authorNotes, note => text.StartsWith(note, StringComparison.Ordinal)))
            {
                continue;
            }

            if (kind is BlockKind.List && blocks is [.., { Kind: BlockKind.List } list])
                blocks[^1] = list with { Text = $"{list.Text}\n{text}" };
            else if (kind is BlockKind.Listing && blocks is [.., { Kind: BlockKind.Listing } listing])
                blocks[^1] = listing with { Text = $"{listing.Text}\n{text}" };
            else if (kind is BlockKind.Equation && blocks is [.., { Kind: BlockKind.Equation } equation])
                blocks[^1] = equation with { Text = $"{equation.Text}\n{text}" };
            else
                blocks.Add(new PaperBlock(kind, text));
        }

        return new PaperSection(section.Heading, section.Kind, null, section.Level, blocks);
    }

    /// <summary>
    /// Reassembles tables from their fragments (multi-line cells, bracketed cells, row labels) and drops the labels of a drawing above its caption.
    /// </summary>
    private static List<PdfOpenBlock> Regrouped(List<PdfOpenBlock> blocks)
    {
        List<PdfOpenBlock> result = [];
        for (var index = 0; index < blocks.Count;)
        {
            var end = index;
            while (end < blocks.Count && blocks[end].Lines[0].Page == blocks[index].Lines[0].Page
                && blocks[end].Lines[0].Column == blocks[index].Lines[0].Column && IsFragment(blocks[end]))
            {
                end++;
            }

            var run = blocks[index..end];
            var beforeFigure = end < blocks.Count && blocks[end].Kind is BlockKind.Caption
                && blocks[end].Lines[0].Text.StartsWith("Fig", StringComparison.OrdinalIgnoreCase);
            if (beforeFigure && run.Exists(piece => piece.Kind is BlockKind.Table) && IsScale(run))
            {
                // Drops the numbers along the axes of a plot.
            }
            else if (run.Count > 1 && run.Exists(piece => piece.Kind is BlockKind.Table))
            {
                result.Add(new PdfOpenBlock(BlockKind.Table, [.. run.SelectMany(piece => piece.Lines)]));
            }
            else
            {
                // Many short fragments are labels of a drawing. Next to a table's caption they are cells, and list items have bullets.
                var isDrawing = beforeFigure
                    || run.Count > 4 && !(end < blocks.Count && IsTableCaption(blocks[end])) && !(result.Count > 0 && IsTableCaption(result[^1]));
                result.AddRange(run.Where(piece => !isDrawing || piece.Kind is not BlockKind.Paragraph && (!beforeFigure || piece.Kind is not BlockKind.List)));
            }

            if (end == index)
                result.Add(blocks[end++]);
            index = end;
        }

        return result;
    }

    private static bool IsTableCaption(PdfOpenBlock piece) =>
        piece.Kind is BlockKind.Caption && piece.Lines[0].Text.StartsWith("Table", StringComparison.OrdinalIgnoreCase);

    private static bool IsScale(List<PdfOpenBlock> run)
    {
        var cells = run.SelectMany(piece => piece.Lines).SelectMany(line => line.Segments).ToList();
        return cells.Count(cell => !cell.Text.Any(char.IsLetter)) > 0.7 * cells.Count;
    }

    private static bool IsFragment(PdfOpenBlock piece) => piece.Kind switch
    {
        BlockKind.Table => true,
        BlockKind.Equation => piece.Lines.All(line => line.Characters < 60 && !PdfLinePatterns.Relation.IsMatch(line.Text)),
        BlockKind.Paragraph or BlockKind.List =>
            piece.Lines.All(line => line.Characters < 40 && Words.Count(line.Text) < 7 && !PdfLinePatterns.EndsSentence(line.Text)),
        _ => false,
    };

    /// <summary>One string per numbered line. Lines in between continue the preceding numbered line.</summary>
    private static List<string> ListingLines(List<PdfLine> lines)
    {
        List<string> result = [];
        foreach (var line in lines)
        {
            if (result.Count == 0 || PdfLinePatterns.IsListingLine(line.Text) || line.Characters >= 30)
                result.Add(line.Text);
            else
                result[^1] += $" {line.Text}";
        }

        return result;
    }

    /// <summary>Reconstructs the rows of a table from the positions of its fragments.</summary>
    private static IEnumerable<string> Rows(List<PdfLine> lines)
    {
        List<PdfSegment> row = [];
        foreach (var segment in lines.SelectMany(line => line.Segments).OrderByDescending(segment => segment.Baseline))
        {
            if (row.Count > 0 && row[0].Baseline - segment.Baseline > 0.4 * Math.Max(row[0].Size, segment.Size))
            {
                yield return Row(row);
                row = [];
            }

            row.Add(segment);
        }

        yield return Row(row);
    }

    private static string Row(List<PdfSegment> row) =>
        string.Join(" | ", row.OrderBy(segment => segment.Left).Select(segment => segment.Text).Where(text => text.Length > 0));
}
