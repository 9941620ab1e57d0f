using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Denoised.Delivery;
using Denoised.Delivery.Webhooks;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Simulators.Webhooks;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Denoised.Tests.Delivery;

/// <summary>A storage account, a webhook receiver, and any number of instances of the product that send to it.</summary>
internal sealed class WebhookWorld : IAsyncDisposable
{
    public const string Path = "services/T0001/a-secret-path";
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private readonly List<Product> instances = [];
    private readonly Dictionary<string, string?> settings;

    private WebhookWorld(string account, WebhookReceiver receiver, Dictionary<string, string?> settings) => (Account, Receiver, this.settings) = (account, receiver, settings);

    public string Account { get; }

    public WebhookReceiver Receiver { get; }

    /// <summary>The first instance.</summary>
    public Product Product => instances[0];

    /// <summary>The log entries of all instances, with exceptions.</summary>
    public CollectedLog Log { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts a world on the morning of <see cref="InventedRows.Day"/>.</summary>
    public static async Task<WebhookWorld> StartAsync(string account, params (string Key, string? Value)[] settings)
    {
        var receiver = await WebhookReceiver.StartAsync(Stop);
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Webhook:Address"] = new Uri(receiver.Address, Path).ToString(),
            ["Webhook:Format"] = "Json",
            ["Webhook:Secret"] = Secret,
            ["Webhook:RetryDelay"] = "00:00:00",
            ["Publishing:SiteAddress"] = "https://site.example/",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        var world = new WebhookWorld(account, receiver, all);
        await world.AddInstance().Get<StorageSetup>().EnsureCreatedAsync(Stop);
        return world;
    }

    /// <summary>Adds an instance.</summary>
    /// <param name="network">The network of the webhook; null for one that also allows this machine.</param>
    /// <param name="register">Registers additional services.</param>
    public Product AddInstance(WebhookNetwork? network = null, Action<IServiceCollection>? register = null)
    {
        var product = Product.On(Account, arxiv: null, settings, services =>
        {
            services.AddSingleton(network ?? new LoopbackNetwork(Receiver));
            services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
            register?.Invoke(services);
        });
        product.Time.MoveTo(InventedRows.Day);
        instances.Add(product);
        return product;
    }

    /// <summary>Records a complete day and publishes it.</summary>
    public async Task PublishAsync(ListingDay? day = null, int papers = 3)
    {
        await RecordAsync(day, papers);
        await RequestPublicationAsync(day);
        await Product.DrainAsync();
    }

    /// <summary>Records a complete day.</summary>
    public async Task RecordAsync(ListingDay? day = null, int papers = 3, bool isListingComplete = true)
    {
        var rows = Enumerable.Range(1, papers).Select(number => CreateRow(number, day)).ToList();
        await Product.Get<PaperTable>().InsertAsync(rows, Stop);
        await Product.Get<ListingTable>().RecordAsync(
            new ListingRecord
            {
                Day = day ?? InventedRows.Day, Category = "cs.LG", Entries = papers, Announced = papers, Source = ListingSource.Feed, ReadAt = DateTimeOffset.UtcNow, IsComplete = isListingComplete,
            },
            Stop);
    }

    /// <summary>Enqueues the publication of a day.</summary>
    public Task RequestPublicationAsync(ListingDay? day = null) =>
        Product.Get<WorkQueues>().SendAsync(new DayMessage(day ?? InventedRows.Day, DateTimeOffset.MaxValue), TimeSpan.Zero, Stop);

    /// <summary>Publishes the day without handling the delivery messages that follow.</summary>
    public async Task PublishOnlyAsync()
    {
        await RecordAsync();
        await Product.Get<PublishHandler>().PublishAsync($$"""{"day":"{{InventedRows.Day}}","changed":"2100-01-01T00:00:00Z"}""", Stop);
        await Product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Deliveries).ClearMessagesAsync(Stop);
    }

    /// <summary>Handles a delivery message of a day.</summary>
    public Task DeliverAsync(Product? product = null, ListingDay? day = null) =>
        (product ?? Product).Get<DeliveryHandler>().DeliverAsync($$"""{"day":"{{day ?? InventedRows.Day}}","channel":"webhook"}""", Stop);

    public Task<DeliveryStatus> StatusAsync() => Product.Get<DeliveryTable>().ReadAsync("webhook", Stop);

    /// <summary>Expires the lease of an attempt.</summary>
    public async Task ExpireLeaseAsync()
    {
        var table = Product.Get<TableServiceClient>().GetTableClient(TableNames.Coordination);
        var row = (await table.GetEntityAsync<TableEntity>("deliveries", "webhook", cancellationToken: Stop)).Value;
        row["NextAttempt"] = DateTimeOffset.UtcNow.AddHours(-1);
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Stop);
    }

    /// <summary>A row with one of four topics, which become the themes of a large day.</summary>
    private static PaperRow CreateRow(int number, ListingDay? day)
    {
        string[] topics =
        [
            "We study reinforcement learning: an agent learns a policy from reward in a Markov decision process.",
            "We propose a graph neural network for node classification on large graphs.",
            "We train a large language model on text and evaluate language model reasoning.",
            "We study federated learning, in which clients never share their data.",
        ];
        var row = InventedRows.Row(number, day);
        var paper = row.Paper with { Title = $"Study {number} of {topics[number % 4]}", Abstract = topics[number % 4] };
        return row with { Paper = paper, Summary = ExtractiveSummarizer.Summarize(paper, row.Summary.Provenance.CreatedAt) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var product in instances)
            await product.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

/// <summary>A network that also allows this machine, and trusts the receiver's certificate.</summary>
internal sealed class LoopbackNetwork(WebhookReceiver? receiver = null) : WebhookNetwork
{
    public override RemoteCertificateValidationCallback? CertificateCheck =>
        receiver is null ? null : (_, certificate, _, _) => certificate?.GetCertHashString() == receiver.Certificate.GetCertHashString();

    protected override bool IsAllowed(IPAddress address) => IPAddress.IsLoopback(address) || base.IsAllowed(address);
}

/// <summary>The log entries with their exceptions.</summary>
internal sealed class CollectedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // The test reads the entries afterwards.
    }
}
