using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Api;
using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.LocalHost.Settings;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Denoised.Benchmarks.Growth;

/// <summary>One size, measured in this process: days collected and published, a change published, the API asked. Writes its figures to standard output as JSON.</summary>
internal sealed class GrowthScenario : IDisposable
{
    private const int Asked = 5;

    private readonly GrowthSize size;
    private readonly Uri arxiv;
    private readonly MovableTime time = new();
    private readonly GrowingRetention retention = new();
    private readonly ServiceProvider services;
    private readonly MeterListener requests = new();
    private readonly Dictionary<string, double> figures = new(StringComparer.Ordinal);
    private long requestCount;

    private GrowthScenario(GrowthSize size, string storage, Uri arxiv)
    {
        (this.size, this.arxiv) = (size, arxiv);
        services = ProductServices.Build(
            storage,
            arxiv,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Arxiv:Categories"] = string.Join(',', InventedArxiv.Categories),
                ["Publishing:SiteAddress"] = "https://denoised.example/",
            },
            time,
            collection => collection.AddSingleton<IOptions<CollectOptions>>(retention));

        requests.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.client.request.duration", Meter.Name: "System.Net.Http" })
                listener.EnableMeasurementEvents(instrument);
        };
        requests.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref requestCount));
        requests.Start();
    }

    public static async Task<int> RunAsync(GrowthSize size, string storage, Uri arxiv)
    {
        using var scenario = new GrowthScenario(size, storage, arxiv);
        await scenario.RunAsync();
        Console.WriteLine(JsonSerializer.Serialize(scenario.figures));
        return 0;
    }

    public void Dispose()
    {
        requests.Dispose();
        services.Dispose();
    }

    private async Task RunAsync()
    {
        await Get<StorageSetup>().EnsureCreatedAsync(CancellationToken.None);
        var days = size.ListingDays;
        await WriteHistoryAsync([.. days.Take(size.Written)]);
        List<Cost> collected = [], published = [];
        foreach (var (place, day) in days.Index().Skip(size.Written))
        {
            // No day before the first is missed.
            retention.Days = place + 1;
            await MoveToAsync(day);
            collected.Add(await MeasureAsync(() => Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, CancellationToken.None)));
            await Get<QueueServiceClient>().GetQueueClient(QueueNames.Days).ClearMessagesAsync();
            published.Add(await MeasureAsync(() => PublishAsync(day)));
            Require((await Get<PaperTable>().ReadProgressAsync(day, CancellationToken.None)).Count == size.PapersADay, $"{day} was not collected whole.");
        }

        var newest = days[^1];
        if (size.Written == 0)
        {
            var papers = (double)size.Papers;
            figures["collect and summarize, all days: CPU a paper, ms"] = collected.Sum(cost => cost.Cpu.TotalMilliseconds) / papers;
            figures["publish, all days: CPU a paper, ms"] = published.Sum(cost => cost.Cpu.TotalMilliseconds) / papers;
            figures["collect, publish, all days: requests a paper"] = collected.Concat(published).Sum(cost => cost.Requests) / papers;
            Add("collect and summarize, all days", collected);
            Add("publish, all days", published);
        }

        Add("collect and summarize, last day", [collected[^1]]);
        Add("publish, last day", [published[^1]]);
        await AddAgainAsync("collect, nothing new", () => Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, CancellationToken.None));
        await AddAgainAsync("publish, one paper changed", () => ChangeAndPublishAsync(newest));
        if (size.HasPages)
        {
            // Without a template no page is made: up to here the publications of all sizes are alike.
            await UploadTemplateAsync();
            var anew = await MeasureAsync(() => PublishAsync(newest));
            figures["a new release, all pages: CPU a paper, ms"] = anew.Cpu.TotalMilliseconds / size.Papers;
            Add("a new release, all pages", [anew]);
            await AddAgainAsync("publish with pages, one paper changed", () => ChangeAndPublishAsync(newest));
        }

        figures["memory at its peak, MB"] = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        await AddSizesAsync(newest);
        await AddAnswersAsync(newest);
    }

    private async Task ChangeAndPublishAsync(ListingDay day)
    {
        var id = (await Get<PaperTable>().ReadProgressAsync(day, CancellationToken.None))[0].Id;
        await Get<PaperTable>().UpdateAsync(day, id, (row, now) => row with { Reason = now.ToString("O", CultureInfo.InvariantCulture) }, CancellationToken.None);
        await PublishAsync(day);
    }

    private async Task PublishAsync(ListingDay day) => Require(await Get<DayPublisher>().PublishAsync(new DayMessage(day, DateTimeOffset.MaxValue), CancellationToken.None) is null, $"{day} was put off.");

    /// <summary>Days as collections would have left them, without the requests and editions of each: rows, claims, records, files, and one index.</summary>
    private async Task WriteHistoryAsync(IReadOnlyList<ListingDay> days)
    {
        var invented = new InventedArxiv(seed: 1);
        var entries = new List<DayEntry>();
        foreach (var day in days)
        {
            var now = new DateTimeOffset(day.Date.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero);
            var rows = invented.Day(day, size.PapersADay).Select((paper, place) => Get<SummaryPlan>().CreateRow(Announced(paper, place), day, place, isNewest: true, now) with { Enriched = true }).ToList();
            await Get<PaperDayTable>().ClaimAsync([.. rows.Select(row => row.Paper.Id)], day, CancellationToken.None);
            var written = await Get<PaperTable>().InsertAsync(rows, CancellationToken.None);
            var records = rows.CountBy(row => row.Paper.PrimaryCategory).Select(own => new ListingRecord
            {
                Day = day,
                Category = own.Key,
                Entries = own.Value,
                Announced = own.Value,
                Source = ListingSource.Feed,
                ReadAt = now,
                IsComplete = true,
            }).ToList();
            foreach (var record in records)
                await Get<ListingTable>().RecordAsync(record, CancellationToken.None);

            var snapshot = DaySnapshot.Build(day, rows, records, overview: null, readAt: written + StorageClock.Margin);
            foreach (var file in snapshot.Files)
                await Get<SiteContainer>().WriteAsync(SiteIndex.Folder + file.Name, file.ToGzip(), "application/json", SiteContainer.Immutable, isGzip: true, CancellationToken.None);
            entries.Add(snapshot.Entry);
        }

        entries.Reverse();
        var index = JsonSerializer.SerializeToUtf8Bytes(
            new SiteIndex { GeneratedAt = time.GetUtcNow(), Categories = InventedArxiv.Categories, Upcoming = [], Days = entries }, PublishingJson.Default.SiteIndex);
        if (entries.Count > 0)
            await Get<SiteContainer>().WriteAsync(SiteIndexFile.Name, SnapshotFile.Compress(index), "application/json", SiteContainer.Revalidate, isGzip: true, CancellationToken.None);
    }

    /// <summary>An invented paper as a listing and the API announce it.</summary>
    public static AnnouncedPaper Announced(SimulatedPaper paper, int place) => new(
        new Paper
        {
            Id = ArxivId.Parse(paper.Id),
            Title = paper.Title,
            Authors = paper.Authors,
            Abstract = paper.Abstract,
            PrimaryCategory = paper.Primary,
            Categories = paper.Categories,
            Published = paper.Published,
            Updated = paper.Updated,
            Comment = paper.Comment,
        },
        AnnounceType.New,
        place);

    /// <summary>The real template; what it loads is of no concern here.</summary>
    private async Task UploadTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("denoised-growth");
        try
        {
            File.Copy(Path.Combine(Repository.Root, "frontend", "index.html"), Path.Combine(folder.FullName, PageRenderer.FrontPage));
            await Get<SitePublisher>().PublishAsync(folder.FullName, CancellationToken.None);
            await Get<QueueServiceClient>().GetQueueClient(QueueNames.Collections).ClearMessagesAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MoveToAsync(ListingDay day)
    {
        time.MoveTo(day);
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(arxiv, "_sim/today"), new { day = day.ToString() });
        answer.EnsureSuccessStatusCode();
    }

    private async Task AddSizesAsync(ListingDay newest)
    {
        var bytes = new Dictionary<string, double>(StringComparer.Ordinal);
        await foreach (var blob in Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site).GetBlobsAsync())
            bytes[blob.Name] = blob.Properties.ContentLength ?? 0;

        var (index, _, _) = await Get<SiteIndexFile>().ReadAsync(CancellationToken.None);
        var day = index!.Days.Single(entry => entry.Day == newest);
        figures["index.json, KB gzip"] = bytes[SiteIndexFile.Name] / 1000;
        figures["a day's cards, KB gzip"] = day.Parts.Sum(part => bytes[SiteIndex.Folder + part.Cards]) / 1000;
        figures["a day's papers, KB gzip"] = day.Parts.Sum(part => bytes[SiteIndex.Folder + part.Details]) / 1000;
        figures["search file, KB gzip"] = bytes[SiteIndex.Folder + index.Search] / 1000;
        figures["feed.atom, KB"] = bytes["feed.atom"] / 1000;
        figures["sitemap, KB"] = bytes["sitemap.xml"] / 1000;
        if (size.HasPages)
            figures["front page, KB gzip"] = bytes[PageRenderer.FrontPage] / 1000;
        figures["files"] = bytes.Count;
    }

    private async Task AddAnswersAsync(ListingDay newest)
    {
        var papers = Get<PapersApi>();
        var id = (await Get<PaperTable>().ReadProgressAsync(newest, CancellationToken.None))[^1].Id;
        await AnswerAsync("search made anew (first question)", 1, "?q=sparse%20policy", request => Get<SearchApi>().GetAsync(request, CancellationToken.None));
        await AnswerAsync("/api/search?q=", Asked, "?q=federated%20client", request => Get<SearchApi>().GetAsync(request, CancellationToken.None));
        await AnswerAsync("/api/papers/{id}", Asked, "", _ => papers.GetPaperAsync(id.Value, CancellationToken.None));
        await AnswerAsync("/api/days/latest?limit=50", Asked, "?limit=50", request => papers.GetDayAsync(request, "latest", CancellationToken.None));
        await AnswerAsync("/api/days/latest?limit=500", Asked, "?limit=500", request => papers.GetDayAsync(request, "latest", CancellationToken.None));
        await AnswerAsync("/api/days (first question)", 1, "", _ => papers.GetDaysAsync(CancellationToken.None));
        await AnswerAsync("/api/days", Asked, "", _ => papers.GetDaysAsync(CancellationToken.None));
        await AnswerAsync("/api/status", Asked, "", _ => Get<StatusApi>().GetAsync(CancellationToken.None));
    }

    /// <summary>What an answer costs that no cache holds, compressed: the median time, the rest on average.</summary>
    private async Task AnswerAsync(string name, int times, string query, Func<HttpRequest, Task<IActionResult>> ask)
    {
        var costs = new List<Cost>();
        for (var turn = 0; turn < times; turn++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            using var body = new MemoryStream();
            var context = new DefaultHttpContext { Response = { Body = body } };
            context.Request.Method = HttpMethods.Get;
            context.Request.QueryString = new QueryString(query);
            context.Request.Headers.AcceptEncoding = "gzip";
            costs.Add(await MeasureAsync(async () => await (await ask(context.Request)).ExecuteResultAsync(new ActionContext { HttpContext = context })));
            Require(context.Response.StatusCode == StatusCodes.Status200OK, $"{name} answered {context.Response.StatusCode}.");
        }

        figures[$"{name}: {GrowthRun.WallTime}, ms"] = costs.Select(cost => cost.Wall.TotalMilliseconds).Order().ElementAt(times / 2);
        figures[$"{name}: CPU, ms"] = costs.Average(cost => cost.Cpu.TotalMilliseconds);
        figures[$"{name}: requests"] = costs.Average(cost => cost.Requests);
    }

    private async Task AddAgainAsync(string name, Func<Task> work)
    {
        var costs = new List<Cost>();
        for (var turn = 0; turn < 3; turn++)
            costs.Add(await MeasureAsync(work));
        Add(name, [costs.OrderBy(cost => cost.Cpu).ElementAt(1)]);
    }

    private void Add(string name, List<Cost> costs)
    {
        figures[$"{name}: {GrowthRun.WallTime}, s"] = costs.Sum(cost => cost.Wall.TotalSeconds);
        figures[$"{name}: CPU, s"] = costs.Sum(cost => cost.Cpu.TotalSeconds);
        figures[$"{name}: requests"] = costs.Sum(cost => cost.Requests);
    }

    private async Task<Cost> MeasureAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (start, computed, sent) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime, Interlocked.Read(ref requestCount));
        await work();
        process.Refresh();
        return new Cost(Stopwatch.GetElapsedTime(start), process.TotalProcessorTime - computed, Interlocked.Read(ref requestCount) - sent);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private sealed record Cost(TimeSpan Wall, TimeSpan Cpu, double Requests);

    /// <summary>The history is as long as the run.</summary>
    private sealed class GrowingRetention : IOptions<CollectOptions>
    {
        public int Days { get; set; } = 1;

        public CollectOptions Value => new() { RetentionDays = Days, LeaseDuration = TimeSpan.FromHours(1) };
    }
}
