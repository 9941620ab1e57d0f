using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Text;

namespace Denoised.Benchmarks;

/// <summary>
/// Reads every HTML and PDF file below a folder and shows what came out: <c>text &lt;folder&gt; [--dump &lt;folder&gt;]</c>. For PDFs: the time in
/// this process, in the child process and of poppler's pdftotext on the same file, the child's peak memory, and the share of pdftotext's words
/// (references left out) that survive in the abstract and the sections.
/// </summary>
internal static partial class TextEvaluation
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Length == 0 || !Directory.Exists(args[0]))
        {
            await Console.Error.WriteLineAsync("text <folder with HTML and PDF files> [--dump <folder for the texts>]");
            return 2;
        }

        var dump = Array.IndexOf(args, "--dump") is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
        foreach (var file in Directory.EnumerateFiles(args[0], "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var html = await File.ReadAllTextAsync(file, cancellationToken);
            HtmlPaperReader.Read(html);
            var start = Stopwatch.GetTimestamp();
            var reading = HtmlPaperReader.Read(html);
            Report(file, reading, string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds,6:F0} ms warm"));
            await DumpAsync(dump, file, reading, cancellationToken);
        }

        PdfChildProcess child = new(PdfReaderCommand.OfThisProgram(), PdfReadLimits.Default, TimeProvider.System);
        foreach (var file in Directory.EnumerateFiles(args[0], "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var pdf = await File.ReadAllBytesAsync(file, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var reading = await child.ReadAsync(pdf, cancellationToken);
            var inChild = Stopwatch.GetElapsedTime(start);
            PdfPaperReader.Read(pdf, PdfReadLimits.Default);
            var cpu = Environment.CpuUsage.TotalTime;
            start = Stopwatch.GetTimestamp();
            PdfPaperReader.Read(pdf, PdfReadLimits.Default);
            var here = Stopwatch.GetElapsedTime(start);
            cpu = Environment.CpuUsage.TotalTime - cpu;
            start = Stopwatch.GetTimestamp();
            var poppler = await PopplerAsync(file, cancellationToken);
            var popplerTime = Stopwatch.GetElapsedTime(start);
            var measures = string.Create(
                CultureInfo.InvariantCulture,
                $"{inChild.TotalMilliseconds,6:F0} ms child {child.LastPeakMemoryBytes / 1048576.0,4:F0} MB {here.TotalMilliseconds,6:F0} ms warm ({cpu.TotalMilliseconds,5:F0} CPU) {popplerTime.TotalMilliseconds,5:F0} ms pdftotext");
            Report(file, reading, poppler is null || reading.Document is null ? measures : $"{measures} {Survival(reading.Document, poppler)}");
            await DumpAsync(dump, file, reading, cancellationToken);
        }

        return 0;
    }

    private static void Report(string file, PaperTextResult reading, string measures)
    {
        var what = reading.Document is { } paper
            ? string.Create(CultureInfo.InvariantCulture, $"{paper.Sections.Count} sections, {paper.BodyWords} words, abstract {paper.Abstract.Split(' ').Length}, hidden {paper.Hidden.Count}, {(IsInOrder(paper) ? "in order" : "OUT OF ORDER")}, {(HasReferences(paper) ? "REFERENCES" : "no references")}")
            : $"{reading.Error}: {reading.Detail}";
        Console.WriteLine($"{Path.GetFileName(file),-40} {measures}  {what}");
    }

    /// <summary>Numbered sections come in the order of their numbers, none missing.</summary>
    private static bool IsInOrder(PaperDocument paper)
    {
        var numbers = paper.Sections.Where(section => section.Level == 1 && section.Kind is not SectionKind.Appendix).Select(section => LeadingNumber().Match(section.Heading))
            .Where(match => match.Success).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));
        return numbers.Select((number, index) => number == index + 1).All(isNext => isNext);
    }

    private static bool HasReferences(PaperDocument paper) =>
        paper.Sections.Any(section => section.Heading.EndsWith("References", StringComparison.OrdinalIgnoreCase) || section.Blocks.Any(block => Reference().IsMatch(block.Text)));

    private static async Task<string?> PopplerAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return text.Length > 0 ? text : null;
        }
        catch (Win32Exception)
        {
            return null; // poppler-utils is not installed.
        }
    }

    /// <summary>Words of at least three letters, each as often as it occurs; a hyphen at a line's end joined on both sides.</summary>
    private static string Survival(PaperDocument paper, string poppler)
    {
        var references = References().Match(poppler);
        if (references.Success)
        {
            var appendix = AfterReferences().Match(poppler, references.Index + 20);
            poppler = poppler[..references.Index] + (appendix.Success ? poppler[appendix.Index..] : "");
        }

        Dictionary<string, int> mine = new(StringComparer.OrdinalIgnoreCase);
        var text = string.Join('\n', paper.Sections.SelectMany(section => section.Blocks.Select(block => block.Text).Prepend(section.Heading)).Prepend(paper.Abstract).Prepend(paper.Title));
        foreach (var word in WordsOf(text))
            mine[word] = mine.GetValueOrDefault(word) + 1;
        int all = 0, found = 0;
        List<string> missing = [];
        foreach (var word in WordsOf(poppler))
        {
            all++;
            if (mine.GetValueOrDefault(word) > 0)
            {
                mine[word]--;
                found++;
            }
            else
            {
                missing.Add(word);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * found / Math.Max(1, all):F1} % of {all} words; lost e.g. {string.Join(' ', missing.Take(6))}; extra {mine.Values.Sum()}");
    }

    private static IEnumerable<string> WordsOf(string text) =>
        Word().Matches(text.Replace("-\n", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Replace("ﬁ", "fi", StringComparison.Ordinal).Replace("ﬂ", "fl", StringComparison.Ordinal).Replace("ﬀ", "ff", StringComparison.Ordinal)
            .Replace("ﬃ", "ffi", StringComparison.Ordinal).Replace("ﬄ", "ffl", StringComparison.Ordinal)).Select(match => match.Value);

    [GeneratedRegex(@"^(?<number>[0-9]{1,2})\.? \p{L}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"^\[[0-9]+\] \p{Lu}.*(19|20)[0-9]{2}\.$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\p{L}{3,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*([0-9]+\.?\s+)?References\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex References();

    [GeneratedRegex(@"^\s*([A-H]\.?\s+\p{Lu}\p{Ll}+[^\n]{3,60}|Appendix[^\n]*|Attention Visualizations|Supplementary[^\n]*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex AfterReferences();

    private static async Task DumpAsync(string? folder, string file, PaperTextResult reading, CancellationToken cancellationToken)
    {
        if (folder is null)
            return;

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Path.GetFileName(file)}.txt"), Plain(reading), cancellationToken);
    }

    private static string Plain(PaperTextResult reading)
    {
        if (reading.Document is not { } paper)
            return $"{reading.Error}: {reading.Detail}\n";

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
