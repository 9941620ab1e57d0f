using System.Globalization;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Reads a paper from its PDF in this process. PDFs are untrusted input: outside of tests, use <see cref="PdfChildProcess"/>, which can be killed.
/// </summary>
public static class PdfPaperReader
{
    /// <summary>The minimum number of words on all pages; a text layer with fewer is not usable.</summary>
    public const int MinWords = 50;

    /// <summary>Reads a PDF. Reports every defect of the file as a result. Does not bound time and memory.</summary>
    public static PaperTextResult Read(byte[] pdf, PdfReadLimits limits)
    {
        if (pdf.LongLength > limits.MaxBytes)
        {
            return PaperTextResult.Failed(
                PaperTextError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The PDF has {pdf.LongLength} bytes, more than {limits.MaxBytes}."));
        }

        if (pdf.AsSpan(0, Math.Min(pdf.Length, 1024)).IndexOf("%PDF-"u8) < 0)
            return PaperTextResult.Failed(PaperTextError.Damaged, "The file does not begin as a PDF does.");

        try
        {
            using var document = PdfDocument.Open(pdf, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return Read(document, limits);
        }
        catch (PdfDocumentEncryptedException)
        {
            return PaperTextResult.Failed(PaperTextError.PasswordProtected, "The PDF needs a password.");
        }
#pragma warning disable CA1031 // The parser throws many types of exceptions; all of them mean a damaged file.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return PaperTextResult.Failed(
                PaperTextError.Damaged, Characters.Shorten($"The PDF cannot be read: {exception.GetType().Name}: {exception.Message}", 300));
        }
#pragma warning restore CA1031
    }

    private static PaperTextResult Read(PdfDocument document, PdfReadLimits limits)
    {
        HiddenTextLog hidden = new();
        Dictionary<string, PdfFace> faces = new(StringComparer.Ordinal);
        List<(PdfPageGlyphs Page, List<PdfLine> Lines)> pages = [];
        var count = Math.Min(document.NumberOfPages, limits.MaxPages);
        string? failure = null;
        var failed = 0;
        for (var number = 1; number <= count; number++)
        {
            try
            {
                var glyphs = PdfPageGlyphs.Of(document.GetPage(number), faces, hidden);
                pages.Add((glyphs, PdfLines.Of(glyphs)));
            }
#pragma warning disable CA1031 // A few broken pages leave the others readable; many make the paper unreadable.
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failed++;
                failure ??= string.Create(CultureInfo.InvariantCulture, $"page {number}: {exception.GetType().Name}: {exception.Message}");
            }
#pragma warning restore CA1031
        }

        if (failed * 4 > count)
        {
            return PaperTextResult.Failed(
                PaperTextError.Damaged,
                Characters.Shorten(string.Create(CultureInfo.InvariantCulture, $"{failed} of {count} pages cannot be read; {failure}"), 300));
        }

        var lines = PdfPageFurniture.Remove(pages);
        var words = lines.Sum(page => page.Sum(line => Words.Count(line.Text)));
        if (words < MinWords)
        {
            return PaperTextResult.Failed(
                PaperTextError.NoText, string.Create(CultureInfo.InvariantCulture, $"The PDF has {words} words of text on {count} pages."));
        }

        var article = PdfArticle.Of(lines);
        PaperDocument paper = new()
        {
            Title = article.Title,
            Abstract = article.Abstract,
            Sections = SectionKinds.Settled(article.Sections),
            Source = TextOrigin.Pdf,
            Hidden = hidden.Findings,
            Affiliations = article.Affiliations,
            SkippedPages = document.NumberOfPages - count,
        };
        return PaperTextResult.Success(paper);
    }
}
