using System.Globalization;

namespace Denoised.PaperText.Pdf;

/// <summary>A section that is still open for lines of the paper.</summary>
internal sealed class PdfOpenSection(string heading, SectionKind kind, int level)
{
    public string Heading => heading;

    public SectionKind Kind => kind;

    public int Level => level;

    public bool IsFront { get; init; }

    public bool IsRunIn { get; init; }

    public List<PdfOpenBlock> Blocks { get; } = [];

    /// <summary>The last paragraph that ends in the middle of a sentence.</summary>
    public PdfOpenBlock? Pending { get; set; }
}

/// <summary>Consecutive lines that form one block of a section.</summary>
internal sealed class PdfOpenBlock(BlockKind kind, List<PdfLine> lines)
{
    public BlockKind Kind => kind;

    public List<PdfLine> Lines => lines;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{kind}, {lines.Count} lines: {lines[0].Text}");
}
