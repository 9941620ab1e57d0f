using System.Diagnostics;
using System.Globalization;
using System.Text;
using Denoised.Arxiv.Text;

namespace Denoised.Benchmarks;

/// <summary>
/// Reads every HTML and PDF file below a folder and shows what came out: <c>text &lt;folder&gt; [--dump &lt;folder&gt;]</c>. For PDFs, beside poppler's
/// pdftotext on the same file where that is installed.
/// </summary>
internal static class TextEvaluation
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var dump = Array.IndexOf(args, "--dump") is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
        foreach (var file in Directory.EnumerateFiles(args[0], "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var html = await File.ReadAllTextAsync(file, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var reading = HtmlPaperReader.Read(html);
            Report(file, reading, Stopwatch.GetElapsedTime(start), "");
            await DumpAsync(dump, file, reading, cancellationToken);
        }

        foreach (var file in Directory.EnumerateFiles(args[0], "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var pdf = await File.ReadAllBytesAsync(file, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var reading = PdfPaperReader.Read(pdf, PdfReadLimits.Default);
            Report(file, reading, Stopwatch.GetElapsedTime(start), "");
            await DumpAsync(dump, file, reading, cancellationToken);
        }

        return 0;
    }

    private static void Report(string file, PaperTextReading reading, TimeSpan elapsed, string more)
    {
        var what = reading.Paper is { } paper
            ? string.Create(CultureInfo.InvariantCulture, $"{paper.Sections.Count} sections, {paper.BodyWords} words, abstract {paper.Abstract.Split(' ').Length} words, hidden {paper.Hidden.Count}")
            : $"{reading.Problem}: {reading.Detail}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file),-42} {elapsed.TotalMilliseconds,7:F0} ms  {what} {more}"));
    }

    private static async Task DumpAsync(string? folder, string file, PaperTextReading reading, CancellationToken cancellationToken)
    {
        if (folder is null)
            return;

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Path.GetFileName(file)}.txt"), Plain(reading), cancellationToken);
    }

    private static string Plain(PaperTextReading reading)
    {
        if (reading.Paper is not { } paper)
            return $"{reading.Problem}: {reading.Detail}\n";

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"TITLE {paper.Title}\nABSTRACT {paper.Abstract}\n");
        foreach (var finding in paper.Hidden)
            text.Append(CultureInfo.InvariantCulture, $"HIDDEN {finding.Kind} {finding.Characters} '{finding.Sample}'\n");
        foreach (var section in paper.Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{new string('#', section.Level)} {section.Heading} [{section.Kind}] {section.Anchor}\n");
            foreach (var block in section.Blocks)
                text.Append(CultureInfo.InvariantCulture, $"[{block.Kind}] {block.Text}\n");
        }

        return text.ToString();
    }
}
