namespace Denoised.PaperText.Pdf;

/// <summary>The geometry of a paper's lines: columns, font size and pitch of the running text, and the fonts of text.</summary>
internal sealed class PdfPageLayout
{
    private readonly HashSet<string> textFaces;
    private readonly Dictionary<(int Page, int Column), (double Left, double Right)> columns = [];
    private readonly List<PdfLine> lines;

    public PdfPageLayout(List<PdfLine> lines)
    {
        this.lines = lines;
        BodySize = PdfBodyText.Size(lines);
        foreach (var column in lines.GroupBy(line => (line.Page, line.Column)))
        {
            var text = column.Where(line => line.Characters > 25).ToList();
            if (text.Count == 0)
                text = [.. column];
            columns[column.Key] = (MostCommon(text.Select(line => line.Left)), MostCommon(text.Select(line => line.Right)));
        }

        Pitch = FindPitch();
        textFaces = lines.Where(line => line.Characters >= 40 && line.Segments.Count == 1)
            .SelectMany(line => line.Segments)
            .GroupBy(segment => segment.Face.Name)
            .Where(group => group.Count() >= 3)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<PdfLine> Lines => lines;

    /// <summary>The font size of the running text.</summary>
    public double BodySize { get; }

    /// <summary>The distance between the baselines of running text.</summary>
    public double Pitch { get; }

    /// <summary>The left and right edge of a line's column.</summary>
    public (double Left, double Right) ColumnOf(PdfLine line) => columns[(line.Page, line.Column)];

    /// <summary>Whether a line is a label of a drawing. Labels are short, and either use the drawing's own fonts or are much smaller than text.</summary>
    public bool IsDrawing(PdfLine line)
    {
        var (left, right) = ColumnOf(line);
        var isShort = line.Right - line.Left < 0.7 * (right - left) || line.Characters < 30;
        if (line.Size < BodySize * 0.52)
            return true;
        return isShort
            && line.Segments.All(segment => !textFaces.Contains(segment.Face.Name) && !segment.Face.Math && !segment.Face.Bold
                && !IsTexFace(segment.Face.Name));
    }

    /// <summary>Whether a line of running text follows a line.</summary>
    public bool IsFollowedByText(PdfLine line)
    {
        var index = lines.IndexOf(line) + 1;
        return index < lines.Count && lines[index].Page == line.Page && lines[index].BoldShare < 0.5 && lines[index].Segments.Count == 1
            && lines[index].Characters > 25 && Math.Abs(lines[index].Size - BodySize) < 0.6;
    }

    /// <summary>Whether a line is centred in its column.</summary>
    public bool IsCentred(PdfLine line)
    {
        var (left, right) = ColumnOf(line);
        return Math.Abs((line.Left + line.Right) / 2 - (left + right) / 2) < 0.04 * (right - left) && line.Left > left + BodySize;
    }

    /// <summary>Whether a line lies within a number of pitches below another line of the same column.</summary>
    public bool IsBelow(PdfLine upper, PdfLine lower, double pitches)
    {
        var step = upper.Baseline - lower.Baseline;
        // The last line of a caption that spans both columns may end within the first.
        var sameColumn = upper.Column == lower.Column || upper.Column == -1 && lower.Left < upper.Left + (6 * BodySize) || lower.Column == -1;
        return upper.Page == lower.Page && sameColumn && step > -0.3 * BodySize && step < pitches * Pitch * Math.Max(0.9, lower.Size / BodySize);
    }

    private static bool IsTexFace(string name) => Array.Exists(texFaces, face => name.StartsWith(face, StringComparison.Ordinal));

    private static double MostCommon(IEnumerable<double> values) => values.GroupBy(value => Math.Round(value)).MaxBy(group => group.Count())!.Average();

    private double FindPitch()
    {
        List<double> steps = [];
        for (var index = 1; index < lines.Count; index++)
        {
            var (previous, line) = (lines[index - 1], lines[index]);
            var step = previous.Baseline - line.Baseline;
            if (line.Page == previous.Page && line.Column == previous.Column && line.Characters > 25 && Math.Abs(line.Size - BodySize) < 0.6
                && step > 0.8 * BodySize && step < 2.5 * BodySize)
            {
                steps.Add(step);
            }
        }

        return steps.Count == 0 ? 1.2 * BodySize : MostCommon(steps);
    }

    private static readonly string[] texFaces = ["CM", "SF", "LM", "Nimbus", "Times", "TeX", "PTM", "MSAM", "MSBM", "NewTX", "txs", "Libertin", "LinLib", "EU"];
}
