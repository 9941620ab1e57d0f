using System.Text;
using Denoised.Arxiv;
using Denoised.Arxiv.RateLimiting;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// Reads a paper from arXiv's HTML, else from its PDF, else uses the abstract, and records the origin. Stores no text, as arXiv's terms require.
/// Defers a paper whose page is temporarily unavailable, because a summary of the abstract is final; a permanent failure falls back at once.
/// </summary>
public sealed partial class FullTextSource(
    ArxivClient arxiv, PageSlots line, PdfChildProcess pdfs, PaperTable papers, IOptions<ArxivOptions> arxivOptions,
    IOptions<SummarizerOptions> options, ILogger<FullTextSource> logger)
    : IPaperTextSource
{
    /// <summary>The longest accepted wait for a page slot. A longer one means that the day has more pages than arXiv's rate limit allows.</summary>
    private static readonly TimeSpan maxQueueTime = TimeSpan.FromHours(24);

    /// <summary>A paper waits in the process for a slot that is closer than this: enqueuing it again would take longer.</summary>
    private static readonly TimeSpan minQueueTime = TimeSpan.FromSeconds(1);

    /// <summary>The delay after several failed requests for a page, in pauses between requests: ten minutes at the default.</summary>
    private const int PausesInDeferral = 20;

    private static readonly TimeSpan maxPause = TimeSpan.FromHours(2);

    /// <summary>The maximum number of deferrals. After that, the abstract is summarized.</summary>
    private const int MaxDeferrals = 36;

    /// <inheritdoc/>
    public async Task<ModelInputResult> ReadAsync(PaperRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!options.Value.FullText)
            return UseAbstract(row);

        try
        {
            return await ReadFullAsync(row, cancellationToken);
        }
        catch (ArxivException exception) when (exception.Failure is ArxivFailure.Unavailable or ArxivFailure.Throttled && row.Deferrals < MaxDeferrals)
        {
            var pause = arxivOptions.Value.DefaultRetryAfter * PausesInDeferral;
            var wait = exception.RetryAfter is { } asked && asked > pause ? asked : pause;
            return new ModelInputResult.Deferred(FallbackReason.ArxivBusy, exception.Message, wait < maxPause ? wait : maxPause);
        }
        catch (ArxivException exception)
        {
            Log.NotRead(logger, row.Paper.Id.Value, exception.Message);
            return UseAbstract(row, $"The paper could not be read: {exception.Message}");
        }
    }

    private async Task<ModelInputResult> ReadFullAsync(PaperRow row, CancellationToken cancellationToken)
    {
        TokenCounter.Prepare();
        var name = $"{row.Paper.Id.Value}v{row.Paper.Version}";
        var findings = new List<string>();
        ArxivDocument? html;
        try
        {
            html = await arxiv.TryReadDocumentAsync($"/html/{name}", arxivOptions.Value.MaxPageBytes, cancellationToken);
            if (html is null)
            {
                var place = await line.ReserveAsync(cancellationToken);
                if (place > maxQueueTime)
                    return UseAbstract(row, "arXiv lets too few pages be read for this day; this one was left out.");
                if (place > minQueueTime)
                    return new ModelInputResult.Deferred(FallbackReason.Turn, "arXiv lets one page be read at a time; this paper's turn comes later.", place);
                html = await arxiv.ReadDocumentAsync($"/html/{name}", arxivOptions.Value.MaxPageBytes, cancellationToken);
            }

            if (Accepted(row, HtmlPaperReader.Read(Encoding.UTF8.GetString(html.Content.Span)), "HTML", findings) is { } paper)
                return CreateFullText(row, paper, findings);
        }
        catch (ArxivException exception) when (exception.Failure is ArxivFailure.NotFound or ArxivFailure.TooLarge or ArxivFailure.Refused)
        {
            // Most papers without HTML predate it. The PDF has the same text.
            if (exception.Failure != ArxivFailure.NotFound)
                findings.Add($"Its HTML was not used: {exception.Message}");
        }

        return await ReadPdfAsync(row, name, findings, cancellationToken);
    }

    private async Task<ModelInputResult> ReadPdfAsync(PaperRow row, string name, List<string> findings, CancellationToken cancellationToken)
    {
        if (row.PdfTried == row.Paper.Version)
            return UseAbstract(row, [.. findings, "Its PDF was given up on: reading it had broken off before."]);

        try
        {
            var pdf = await arxiv.ReadDocumentAsync($"/pdf/{name}", arxivOptions.Value.MaxPdfBytes, cancellationToken);

            // Marks the row before reading the file: a PDF that crashes the process is read only once.
            await papers.UpdateAsync(row.Day, row.Paper.Id, (current, _) => current with { PdfTried = current.Paper.Version }, cancellationToken);
            var reading = await pdfs.ReadAsync(pdf.Content.ToArray(), cancellationToken);
            await papers.UpdateAsync(row.Day, row.Paper.Id, (current, _) => current with { PdfTried = null }, cancellationToken);
            if (Accepted(row, reading, "PDF", findings) is { } paper)
                return CreateFullText(row, paper, findings);
        }
        catch (ArxivException exception) when (exception.Failure is ArxivFailure.NotFound or ArxivFailure.TooLarge or ArxivFailure.Refused)
        {
            findings.Add($"Its PDF was not used: {exception.Message}");
        }

        return UseAbstract(row, [.. findings]);
    }

    /// <summary>Returns the text if it matches the paper that arXiv announced; otherwise null, with the reason as a finding.</summary>
    private static PaperDocument? Accepted(PaperRow row, PaperTextResult reading, string format, List<string> findings)
    {
        var refused = reading.Document is { } paper ? PaperIdentity.Difference(paper, row.Paper.Title, row.Paper.Abstract) : reading.Detail;
        if (refused is null)
            return reading.Document;
        findings.Add($"Its {format} was not used: {refused}");
        return null;
    }

    private ModelInputResult.ReportSuccess CreateFullText(PaperRow row, PaperDocument paper, List<string> findings)
    {
        // Uses arXiv's title and abstract: the file readers may miss them.
        paper = paper with { Title = row.Paper.Title, Abstract = row.Paper.Abstract };
        if (paper.SkippedPages > 0)
            findings.Add($"The last {paper.SkippedPages} pages were not read.");
        return new ModelInputResult.ReportSuccess(ModelInput.Of(paper, findings, read => TextSelection.Of(read, options.Value.TextTokens).Numbered))
        {
            Affiliations = [.. paper.Affiliations.Where(FormCheck.IsName)],
        };
    }

    private static ModelInputResult.ReportSuccess UseAbstract(PaperRow row, params string[] findings) =>
        new(ModelInput.OfAbstract(row.Paper.Title, row.Paper.Abstract, findings));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Paper} is summarized from its abstract: {Reason}")]
        public static partial void NotRead(ILogger logger, string paper, string reason);
    }
}
