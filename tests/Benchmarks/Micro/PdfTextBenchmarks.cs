using System.ComponentModel;
using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Denoised.Arxiv.Feeds;
using Denoised.PaperText.Pdf;
using UglyToad.PdfPig;

namespace Denoised.Benchmarks.Micro;

/// <summary>A paper's text out of its PDF, beside PdfPig's own text of each page, and poppler's pdftotext as a process.</summary>
public class PdfTextBenchmarks
{
    private string file = "";
    private byte[] pdf = [];

    [GlobalSetup]
    public void SetUp()
    {
        file = Papers.Real("arxiv/pdf/1706.03762.pdf");
        pdf = File.ReadAllBytes(file);
    }

    [Benchmark(Baseline = true, Description = "PdfPig's text of each page")]
    public int Peer()
    {
        using var document = PdfDocument.Open(pdf);
        return document.GetPages().Sum(page => page.Text.Length);
    }

    [Benchmark(Description = "pdftotext, a process"), BenchmarkCategory("peer")]
    public int Poppler()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var length = process.StandardOutput.ReadToEnd().Length;
            process.WaitForExit();
            return length;
        }
        catch (Win32Exception exception)
        {
            throw new FileNotFoundException("pdftotext is not installed (Debian: apt-get install poppler-utils).", exception);
        }
    }

    [Benchmark(Description = "a paper's text from PDF (15 pages)")]
    public int Read() => PdfPaperReader.Read(pdf, PdfReadLimits.Default).Document!.BodyWords;
}
