using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Decides the kind of block that a line belongs to, and whether the line continues the open block.</summary>
/// <param name="layout">The geometry of the lines.</param>
internal sealed class PdfBlockRules(PdfPageLayout layout)
{
    /// <summary>The kind of block that a line belongs to, given the open block before it and the line after it.</summary>
    public BlockKind KindOf(PdfOpenBlock? block, PdfLine line, PdfLine? next)
    {
        // "Fig. 4." may also start a line in the middle of a sentence.
        var runsOn = block is { Kind: BlockKind.Paragraph or BlockKind.List } running && !PdfLinePatterns.EndsSentence(running.Lines[^1].Text)
            && layout.IsBelow(running.Lines[^1], line, 1.2)
            && Math.Abs(running.Lines[^1].Size - line.Size) < 0.3 && line.Left < running.Lines[^1].Left + 2;
        if (PdfLinePatterns.Caption.IsMatch(line.Text) && !runsOn)
            return BlockKind.Caption;
        if (PdfLinePatterns.IsListingLine(line.Text))
            return BlockKind.Listing;
        if (block is { Kind: BlockKind.Listing } listing && layout.IsBelow(listing.Lines[^1], line, 2)
            && (line.Left > listing.Lines[0].Left + (0.5 * layout.BodySize) || line.Characters < 30))
        {
            return BlockKind.Listing;
        }

        if (block is { Kind: BlockKind.Caption } caption && !caption.Lines[0].Text.StartsWith("Algorithm", StringComparison.Ordinal)
            && layout.IsBelow(caption.Lines[^1], line, 1.25) && Math.Abs(line.Size - caption.Lines[^1].Size) < 0.5 && line.Segments.Count == 1)
        {
            return BlockKind.Caption;
        }

        var (left, right) = layout.ColumnOf(line);
        var numbered = PdfLinePatterns.EquationNumber.IsMatch(line.Segments[^1].Text);
        if (runsOn && line.Segments.Count == 1 && !(block is { Kind: BlockKind.List } && PdfLinePatterns.Bullet.IsMatch(line.Text)))
            return BlockKind.Paragraph;
        if ((line.MathShare > 0.3 && line.Left > left + layout.BodySize
                || line.Left > left + (3 * layout.BodySize) && PdfLinePatterns.Relation.IsMatch(line.Text) && Words.Count(line.Text) < 9
                || numbered && line.Segments.Count > 1 && line.Left > left + layout.BodySize)
            && Words.Count(line.Text) < 14)
        {
            return BlockKind.Equation;
        }

        if (block is { Kind: BlockKind.Equation } && line.Characters < 8 && line.Size < layout.BodySize * 1.2)
            return BlockKind.Equation;

        if (line.Segments.Count >= 3
            || line.Segments.Count == 2 && (block is { Kind: BlockKind.Table } || next is { Segments.Count: >= 2 })
            && !PdfLinePatterns.Bullet.IsMatch(line.Segments[0].Text))
        {
            return BlockKind.Table;
        }

        if (block is { Kind: BlockKind.Table } && next is { Segments.Count: >= 2 } && line.Characters < 60 && layout.IsBelow(block.Lines[^1], line, 2))
            return BlockKind.Table;
        return PdfLinePatterns.Bullet.IsMatch(line.Text) ? BlockKind.List : BlockKind.Paragraph;
    }

    /// <summary>Whether a line of some kind continues an open block.</summary>
    public bool Continues(PdfOpenBlock open, PdfLine line, PdfLine? previous, BlockKind kind)
    {
        var last = open.Lines[^1];
        if (open.Kind is BlockKind.Listing || kind is BlockKind.Listing)
            return kind == open.Kind && layout.IsBelow(last, line, 3);
        if (open.Kind is BlockKind.Equation or BlockKind.Table)
            return kind == open.Kind && layout.IsBelow(last, line, open.Kind is BlockKind.Table ? 3 : 3.5);
        if (kind is BlockKind.Caption)
            return open.Kind is BlockKind.Caption && !PdfLinePatterns.Caption.IsMatch(line.Text);
        if (kind is BlockKind.Equation or BlockKind.Table || previous != last && previous is not null && !layout.IsBelow(last, line, 2.2))
            return false;
        if (kind is BlockKind.List)
            return false;
        // The rest of a hyphenated word.
        if (open.Kind is BlockKind.List && last.Text.EndsWith('-') && char.IsLower(line.Text[0]) && Math.Abs(last.Size - line.Size) < 0.3
            && layout.IsBelow(last, line, 1.3))
        {
            return true;
        }

        if (open.Kind is BlockKind.Caption || !IsSameSize(last, line) || !layout.IsBelow(last, line, 1.3))
            return false;

        if (open.Kind is BlockKind.List)
            return line.Left > open.Lines[0].Left + 2 || open.Lines.Count > 1 && Math.Abs(line.Left - last.Left) < 2;

        // A new paragraph starts with an indented line, unless the whole paragraph is indented, or after a short last line.
        if (line.Left > last.Left + (0.7 * layout.BodySize) && !(open.Lines.Count == 1 && last.Segments.Count > 1))
            return false;
        var (_, right) = layout.ColumnOf(line);
        return !(last.Right < right - (2.5 * layout.BodySize) && PdfLinePatterns.EndsSentence(last.Text));
    }

    /// <summary>Whether a line continues a paragraph that ends in the middle of a sentence, across columns and floats.</summary>
    public bool GoesOn(PdfOpenBlock pending, PdfLine line)
    {
        var last = pending.Lines[^1];
        if (!IsSameSize(last, line) || line.Page - last.Page > 2)
            return false;
        var start = line.Text.FirstOrDefault(char.IsLetterOrDigit);
        if (last.Text.EndsWith('-') && char.IsLetter(start))
            return true;
        if (PdfLinePatterns.EndsSentence(last.Text))
            return false;
        var (_, right) = layout.ColumnOf(last);
        var (left, edge) = layout.ColumnOf(line);
        // Excludes labels within a float: continued text fills its line or ends its sentence.
        if (line.Right - line.Left < 0.5 * (edge - left) && !PdfLinePatterns.EndsSentence(line.Text))
            return false;
        return char.IsLower(start) && line.Text.Length > 0 && (char.IsLetter(line.Text[0]) || line.Text[0] is '(' or '[')
            || last.Right > right - layout.BodySize && line.Left < left + (0.5 * layout.BodySize) && (line.Page, line.Column) != (last.Page, last.Column);
    }

    /// <summary>Whether a block is a table cell or label misread as a paragraph. It belongs to a float, and text may continue after it.</summary>
    public bool IsLoosePiece(PdfOpenBlock piece)
    {
        var (left, right) = layout.ColumnOf(piece.Lines[0]);
        return piece.Lines.Count <= 3 && piece.Lines.TrueForAll(line => line.Right - line.Left < 0.5 * (right - left));
    }

    // A short last line may consist mostly of subscripts.
    private static bool IsSameSize(PdfLine last, PdfLine line) =>
        Math.Abs(last.Size - line.Size) <= 0.7 || line.Characters < 12 && line.Segments[0].Glyphs[0] is var first && Math.Abs(last.Size - first.Size) <= 0.7;
}
