using System.Globalization;
using System.Text;

namespace Denoised.Simulators.Arxiv;

/// <summary>
/// Creates minimal PDFs: one column of Helvetica with larger, bold headings, uncompressed. Characters outside Latin-1 become question marks.
/// </summary>
internal static class PlainPdf
{
    private const int LinesOnPage = 54;
    private const int Columns = 90;

    public static byte[] Write(IEnumerable<(string Text, int HeadingSize)> paragraphs)
    {
        var lines = paragraphs.SelectMany(static p => Wrap(p.Text).Select(line => (Text: line, p.HeadingSize))).ToList();
        var pages = lines.Chunk(LinesOnPage).DefaultIfEmpty([]).ToList();
        // Objects: 1 catalogue, 2 page tree, 3 and 4 fonts, then alternating pages and their contents.
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select(static (_, i) => $"{5 + (2 * i)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        ];
        foreach (var page in pages)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            var content = "BT 13 TL 54 738 Td\n" + string.Concat(page.Select(static line => $"{(line.HeadingSize > 0 ? $"/F2 {line.HeadingSize}" : "/F1 10")} Tf ({Escape(line.Text)}) Tj T*\n")) + "ET";
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static IEnumerable<string> Wrap(string paragraph)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Columns)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static string Escape(string line)
    {
        var escaped = new StringBuilder(line.Length);
        foreach (var letter in line)
        {
            if (letter is '(' or ')' or '\\')
                escaped.Append('\\');
            escaped.Append(letter is >= ' ' and <= '~' or >= '\u00A0' and <= '\u00FF' ? letter : '?');
        }

        return escaped.ToString();
    }
}
