using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Arxiv.Text;
using Denoised.Functions.Tests.Model;
using Denoised.Papers;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.Tests;

namespace Denoised.Benchmarks.Faults;

/// <summary>
/// The seven real days read in full by two instances, HTML and PDF from the simulator: every paper's source is what there was, arXiv's pause between pages is
/// kept (scaled), and nothing of a text is stored.
/// </summary>
internal static class ReadingRun
{
    private const int Days = 7;
    private const int Papers = 894;

    // arXiv asks for 15 s.
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(300);

    public static async Task<int> RunAsync()
    {
        var stop = CancellationToken.None;
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 24),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.FromMilliseconds(60), PagesInterval = pause },
            new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromMilliseconds(200), 0.4) },
            ("Summarizer__FullText", "true"),
            ("Collect__BackfillWithModel", "true"));
        var documents = rig.Arxiv.Documents;
        documents.HtmlShare = 0.8;
        documents.PdfShare = 0.9;
        rig.Add();
        rig.Add();

        var watch = Stopwatch.StartNew();
        await rig.Observer.AskAsync(stop);
        await rig.Observer.UntilAsync(rows => { rig.RequireAlive(); return Observer.AreFinal(rows, Papers); }, TimeSpan.FromMinutes(20), stop);
        var status = await rig.Observer.UntilAllIsShownAsync(TimeSpan.FromMinutes(3), stop);
        var elapsed = watch.Elapsed;

        var papers = rig.Observer.Get<PaperTable>();
        var rows = new List<PaperRow>();
        foreach (var day in await papers.ReadDaysAsync(stop))
            rows.AddRange(await papers.ReadDayAsync(day, stop));

        var known = rig.Arxiv.Catalogue.PapersUntil(new DateOnly(2026, 3, 24));
        var bodies = new PaperDocuments();
        var runs = new HashSet<string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var paper = known[row.Paper.Id.Value];
            var expected = documents.Html(paper) is not null ? TextSource.Html : documents.Pdf(paper) is not null ? TextSource.Pdf : TextSource.Abstract;
            var provenance = row.Summary.Provenance;
            if ((provenance.Method, provenance.Source, provenance.PaperVersion) != (SummaryMethod.Model, expected, row.Paper.Version))
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Paper.Id} {provenance.Method} {provenance.Source} of version {provenance.PaperVersion}, expected {expected} of version {row.Paper.Version}: {row.Reason} {string.Join(' ', provenance.Findings)}"));

            // The PDF says what the HTML does, or would.
            var text = HtmlPaperReader.Read(Encoding.UTF8.GetString(bodies.Html(paper)!)).Paper!;
            runs.UnionWith(StoredText.Runs(string.Join(' ', text.Sections.SelectMany(section => section.Blocks.Select(block => block.Text)))));
        }

        var stored = await StoredText.ReadAsync(rig.Observer.Get<TableServiceClient>(), rig.Observer.Get<QueueServiceClient>(), rig.Observer.Get<BlobServiceClient>(), stop);
        foreach (var row in rows)
            runs.ExceptWith(StoredText.Runs(row.Paper.Abstract));
        var found = StoredText.Runs(stored).Where(runs.Contains).Distinct(StringComparer.Ordinal).ToList();
        var pages = rig.Arxiv.Requests.Where(request => request.Service == ArxivService.Pages && !request.Path.StartsWith("/catchup", StringComparison.Ordinal)).ToList();

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows.Count} papers: {string.Join(", ", rows.CountBy(row => row.Summary.Provenance.Source).OrderBy(source => source.Key).Select(source => $"{source.Key} {source.Value}"))}; {pages.Count} pages of arXiv's, {pause.TotalMilliseconds:0} ms apart at least; {rig.Model.PaidCalls.Count} paid calls; {elapsed:m\\:ss}"));
        var hold = FaultRun.Verdict("announced = recorded = shown on every day", status.Days.Count == Days && status.Days.All(day => day.Announced == day.Recorded && day.Recorded == day.Shown) && status.Days.Sum(day => day.Announced) == Papers);
        hold &= FaultRun.Verdict($"each summary is the model's, from what there was of the paper, and says so: {rows.Count - wrong.Count} of {rows.Count}{string.Concat(wrong.Take(5).Select(line => Environment.NewLine + "    " + line))}", wrong.Count == 0);
        hold &= FaultRun.Verdict($"arXiv's limits kept: {rig.Arxiv.Violations.Count} violations{string.Concat(rig.Arxiv.Violations.Take(3).Select(violation => Environment.NewLine + "    " + violation))}", rig.Arxiv.Violations.Count == 0);
        hold &= FaultRun.Verdict($"no page is fetched twice: {pages.Count - pages.DistinctBy(page => page.Path).Count()}", pages.DistinctBy(page => page.Path).Count() == pages.Count);
        hold &= FaultRun.Verdict($"of {runs.Count} runs of {StoredText.MostWords + 1} words of the papers' bodies none is stored ({stored.Length / 1e6:0.0} MB searched): {found.Count}{string.Concat(found.Take(3).Select(run => Environment.NewLine + "    " + run))}", found.Count == 0 && runs.Count > Papers && stored.Contains(rows[0].Paper.Title, StringComparison.Ordinal));
        return hold ? 0 : 1;
    }
}
