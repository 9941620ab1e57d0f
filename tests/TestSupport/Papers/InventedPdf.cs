using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Denoised.TestSupport.Papers;

/// <summary>Writes small PDFs with given content streams, and hostile files.</summary>
internal static class InventedPdf
{
    /// <summary>
    /// A file with one page per content stream. Fonts: F1 (Times), F2 (Times bold), F3 (Times italic). Page size: 612 by 792 points.
    /// </summary>
    public static byte[] Pages(params string[] contents)
    {
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {contents.Length} /Kids [{string.Join(' ', contents.Select((_, index) => $"{6 + (index * 2)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Italic /Encoding /WinAnsiEncoding >>",
        ];
        foreach (var content in contents)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {Encoding.Latin1.GetByteCount(content)} >>\nstream\n{content}\nendstream");
        }

        return File([.. objects.Select(Encoding.Latin1.GetBytes)]);
    }

    /// <summary>A line of text.</summary>
    public static string Line(double x, double y, string text, double size = 10, string font = "F1", string before = "") =>
        string.Create(CultureInfo.InvariantCulture, $"q {before} BT /{font} {size} Tf {x} {y} Td ({text.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj ET Q\n");

    /// <summary>Lines of invented prose, 12 points apart.</summary>
    public static string Column(double x, double y, int lines, int seed, int width = 48)
    {
        StringBuilder result = new();
        var words = InventedPaper.Prose(lines * 2, seed).Split(' ');
        var next = 0;
        for (var line = 0; line < lines; line++)
        {
            StringBuilder text = new();
            while (next < words.Length && text.Length + words[next].Length < width)
                text.Append(words[next++]).Append(' ');
            result.Append(Line(x, y - (12 * line), text.ToString().TrimEnd()));
        }

        return result.ToString();
    }

    /// <summary>A page whose content decompresses to the given size. Two deflate filters keep the file small.</summary>
    public static byte[] Bomb(int megabytes)
    {
        var inner = Deflated(stream =>
        {
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)' ');
            for (var index = 0; index < megabytes; index++)
                stream.Write(block);
        });
        var outer = Deflated(stream => stream.Write(inner));
        byte[] content = [.. Encoding.Latin1.GetBytes($"<< /Length {outer.Length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n"), .. outer, .. "\nendstream"u8];
        return File(
        [
            "<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(),
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"u8.ToArray(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << >> /Contents 4 0 R >>"u8.ToArray(),
            content,
        ]);
    }

    /// <summary>A page tree whose root is its own child.</summary>
    public static byte[] Circle() => File(["<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(), "<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"u8.ToArray()]);

    /// <summary>Nested arrays.</summary>
    public static byte[] Nested(int depth) => File(
    [
        Encoding.Latin1.GetBytes($"<< /Type /Catalog /Pages 2 0 R /Deep {new string('[', depth)}{new string(']', depth)} >>"),
        "<< /Type /Pages /Count 0 /Kids [] >>"u8.ToArray(),
    ]);

    /// <summary>A form that draws itself.</summary>
    public static byte[] SelfDrawing() => File(
    [
        "<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"u8.ToArray(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>"u8.ToArray(),
        "<< /Length 4 >>\nstream\n/X Do\nendstream"u8.ToArray(),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"u8.ToArray(),
    ]);

    /// <summary>A form that draws itself by a name that only its page defines. The parser does not detect the cycle, and its stack overflows.</summary>
    public static byte[] SelfDrawingByInheritance() => File(
    [
        "<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"u8.ToArray(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>"u8.ToArray(),
        "<< /Length 4 >>\nstream\n/X Do\nendstream"u8.ToArray(),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"u8.ToArray(),
    ]);

    /// <summary>A page tree that claims a billion pages.</summary>
    public static byte[] ManyPages() => File(["<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(), "<< /Type /Pages /Count 1000000000 /Kids [] >>"u8.ToArray()]);

    private static byte[] Deflated(Action<Stream> write)
    {
        using MemoryStream result = new();
        using (ZLibStream deflate = new(result, CompressionLevel.SmallestSize))
            write(deflate);
        return result.ToArray();
    }

    private static byte[] File(IReadOnlyList<byte[]> objects)
    {
        using MemoryStream file = new();
        file.Write("%PDF-1.5\n"u8);
        List<long> offsets = [];
        for (var index = 0; index < objects.Count; index++)
        {
            offsets.Add(file.Position);
            file.Write(Encoding.Latin1.GetBytes($"{index + 1} 0 obj\n"));
            file.Write(objects[index]);
            file.Write("\nendobj\n"u8);
        }

        var xref = file.Position;
        file.Write(Encoding.Latin1.GetBytes($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
            file.Write(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n")));
        file.Write(Encoding.Latin1.GetBytes($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"));
        return file.ToArray();
    }
}
