using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;

namespace Denoised.Benchmarks;

/// <summary>Papers that lie on the disk.</summary>
internal static class PaperFiles
{
    /// <summary>Every HTML and PDF file below a folder that can be read, in the order of their names; who cannot is told on the error stream.</summary>
    public static async Task<IReadOnlyList<(string Name, PaperDocument Paper)>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        List<(string, PaperDocument)> papers = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            PaperTextResult reading;
            if (file.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
                reading = HtmlPaperReader.Read(await File.ReadAllTextAsync(file, cancellationToken));
            else if (file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase))
                reading = PdfPaperReader.Read(await File.ReadAllBytesAsync(file, cancellationToken), PdfReadLimits.Default);
            else
                continue;

            if (reading.Document is { } paper)
                papers.Add((Path.GetRelativePath(folder, file), paper));
            else
                await Console.Error.WriteLineAsync($"{Path.GetRelativePath(folder, file)}: {reading.Error}: {reading.Detail}");
        }

        return papers;
    }
}
