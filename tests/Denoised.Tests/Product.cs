using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Arxiv.RateLimiting;
using Denoised.Collecting;
using Denoised.Delivery;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests;

/// <summary>The product's services on a new storage account, with a simulated arXiv and a clock that the test sets.</summary>
internal sealed class Product : IAsyncDisposable
{
    private static readonly string leaseRows = string.Join(
        " or ", new[] { SharedLeases.Partition, DistributedRateLimiter.Partition, ModelRateLimiter.Partition }.Select(partition => $"PartitionKey eq '{partition}'"));

    private readonly ServiceProvider services;

    private Product(string connection, ServiceProvider services, MovableTime time)
    {
        Connection = connection;
        this.services = services;
        Time = time;
    }

    /// <summary>The connection string of the account. A second instance uses the same one.</summary>
    public string Connection { get; }

    public MovableTime Time { get; }

    /// <summary>Creates an instance.</summary>
    /// <param name="connection">The connection string of its account.</param>
    /// <param name="arxiv">The simulated arXiv, or null for an address without a server.</param>
    /// <param name="settings">Additional settings, which replace those of <see cref="ProductServices"/>.</param>
    /// <param name="register">Registers additional services.</param>
    public static Product On(string connection, ArxivSimulator? arxiv, IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? register = null)
    {
        var time = new MovableTime();
        return new Product(connection, ProductServices.Build(connection, arxiv?.Address, settings, time, register), time);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Runs one collection and processes all resulting messages.</summary>
    public async Task CollectAsync()
    {
        await Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);
        await DrainAsync();
    }

    /// <summary>Expires all leases, including those of the rate limits, as if the time of a crashed instance's leases had passed.</summary>
    public async Task ForgetLeasesAsync()
    {
        var table = Get<TableServiceClient>().GetTableClient(TableNames.Coordination);
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        await foreach (var row in table.QueryAsync<TableEntity>(leaseRows, cancellationToken: TestContext.Current.CancellationToken))
            await table.DeleteEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Processes messages until none is visible.</summary>
    public async Task DrainAsync()
    {
        while (await DrainOnceAsync(QueueNames.Papers, Get<SummaryHandler>().SummarizeAsync)
            + await DrainOnceAsync(QueueNames.Days, Get<PublishHandler>().PublishAsync)
            + await DrainOnceAsync(QueueNames.Deliveries, Get<DeliveryHandler>().DeliverAsync)
            + await DrainOnceAsync(QueueNames.Collections, (message, token) => Get<CollectionHandler>().CollectAsync(message, 1, token)) > 0)
        {
        }
    }

    /// <summary>Counts the messages of a queue, including invisible ones.</summary>
    public async Task<int> CountMessagesAsync(string queue) =>
        (await Get<QueueServiceClient>().GetQueueClient(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>Returns every row of a table as text: keys and ETag, which changes with each write.</summary>
    public async Task<IReadOnlyList<string>> DumpTableAsync(string table)
    {
        var rows = new List<string>();
        await foreach (var row in Get<TableServiceClient>().GetTableClient(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            rows.Add(string.Join('|', row.PartitionKey, row.RowKey, row.ETag));
        return rows;
    }

    /// <summary>Reads the site like a browser: the index and the files that it names.</summary>
    public async Task<SiteReader> ReadSiteAsync() => await SiteReader.LoadAsync(Get<BlobServiceClient>());

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<int> DrainOnceAsync(string name, Func<string, CancellationToken, Task> process)
    {
        var queue = Get<QueueServiceClient>().GetQueueClient(name);
        var done = 0;
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken)).Value is { Length: > 0 } messages)
        {
            await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (message, token) =>
            {
                await process(message.Body.ToString(), token);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, token);
            });
            done += messages.Length;
        }

        return done;
    }
}

/// <summary>The site as a reader loads it.</summary>
internal sealed record SiteReader(SiteIndex? Index, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> Papers, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperCard>> Cards)
{
    public static async Task<SiteReader> LoadAsync(BlobServiceClient blobs)
    {
        var container = blobs.GetBlobContainerClient(ContainerNames.Site);
        var papers = new Dictionary<ListingDay, IReadOnlyList<PaperView>>();
        var cards = new Dictionary<ListingDay, IReadOnlyList<PaperCard>>();
        if (!await container.GetBlobClient(SiteIndexFile.Name).ExistsAsync(TestContext.Current.CancellationToken))
            return new SiteReader(null, papers, cards);

        var index = JsonSerializer.Deserialize(await ReadAsync(SiteIndexFile.Name), PublishingJson.Default.SiteIndex)!;
        foreach (var day in index.Days)
        {
            var views = new List<PaperView>();
            var small = new List<PaperCard>();
            foreach (var part in day.Parts)
            {
                views.AddRange(JsonSerializer.Deserialize(await ReadAsync("data/" + part.Details), PublishingJson.Default.PaperViewArray)!);
                small.AddRange(JsonSerializer.Deserialize(await ReadAsync("data/" + part.Cards), PublishingJson.Default.PaperCardArray)!);
            }

            papers[day.Day] = views;
            cards[day.Day] = small;
        }

        return new SiteReader(index, papers, cards);

        async Task<byte[]> ReadAsync(string name)
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(TestContext.Current.CancellationToken);
            Assert.Equal("gzip", blob.Value.Details.ContentEncoding);
            await using var gzip = new GZipStream(blob.Value.Content.ToStream(), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await gzip.CopyToAsync(plain, TestContext.Current.CancellationToken);
            return plain.ToArray();
        }
    }
}
