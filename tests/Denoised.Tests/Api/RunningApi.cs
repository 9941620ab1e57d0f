using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Denoised.Domain;
using Denoised.Functions;
using Denoised.LocalHost;
using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Settings;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Denoised.Tests.Api;

/// <summary>The HTTP functions on a free port, over two published listing days of invented papers.</summary>
public sealed class RunningApi(StorageFixture storage) : IAsyncLifetime
{
    /// <summary>An old-style identifier of a paper of <see cref="Newest"/>.</summary>
    internal const string OldId = "math/0211159";

    /// <summary>A paper of <see cref="Older"/> with the summary's <see cref="Tldr"/>.</summary>
    internal const string PaperWithTldr = "2603.00002";

    internal const int PapersOfNewest = 45;
    internal const int PapersOfOlder = 5;

    // The papers of a day use these in turn, so that each tag selects a part of the day.
    private static readonly string[] topics =
    [
        "We study reinforcement learning: an agent learns a policy from reward in a Markov decision process.",
        "We propose a graph neural network for node classification on large graphs.",
        "We train a large language model on text and evaluate language model reasoning.",
        "We study federated learning, in which clients never share their data.",
    ];

    private IHost? host;

    internal static KeyPoint Tldr { get; } = new("A graph network is proposed for node classification.", new Evidence("We propose a graph neural network", "Abstract"));

    internal static ListingDay Newest { get; } = ListingDay.Parse("2026-03-17");

    internal static ListingDay Older { get; } = ListingDay.Parse("2026-03-16");

    internal HttpClient Client { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        var account = storage.TakeAccount();
        await using (var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = Older.Date }, TestContext.Current.CancellationToken))
        {
            await using var product = Product.On(account, arxiv);
            foreach (var number in Enumerable.Range(1, PapersOfOlder))
                arxiv.Announce(Invented(number, $"2603.{number:00000}"));
            product.Time.MoveTo(Older);
            await product.CollectAsync();

            arxiv.Today = Newest.Date;
            foreach (var number in Enumerable.Range(1, PapersOfNewest))
                arxiv.Announce(Invented(number, number == 20 ? OldId : $"2603.{1000 + number:00000}"));
            product.Time.MoveTo(Newest);
            await AddTldrAsync(product);
            await product.CollectAsync();
        }

        string[] arguments =
        [
            $"--{StorageConnection.Setting}={account}",
            "--LocalHost:ApiPort=0", "--LocalHost:SitePort=0", "--LocalHost:Console=false", "--LocalHost:BuildPage=false",
            "--CollectSchedule=0 20 5,13,21 * * *", "--Arxiv:Categories=cs.LG", "--Publishing:ApiAddress=https://api.example/api", "--Publishing:SiteAddress=https://site.example/",
        ];
        var application = new LocalApplication(arguments, new FunctionSource([typeof(ApiFunctions), typeof(SearchFunctions), typeof(McpFunctions), typeof(DigestFunctions)], AppContext.BaseDirectory));
        application.Services.AddDenoised(application.Configuration);
        host = application.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = host.Services.GetRequiredService<LocalAddresses>().Api };
    }

    /// <summary>Gives a paper of the older day a TL;DR: no model writes one here.</summary>
    private static async Task AddTldrAsync(Product product)
    {
        var stop = TestContext.Current.CancellationToken;
        var (row, _) = await product.Get<PaperTable>().ReadAsync(Older, ArxivId.Parse(PaperWithTldr), stop);
        row = await product.Get<PaperTable>().TryWriteAsync(row! with { Summary = row.Summary with { Tldr = Tldr } }, stop);
        await product.Get<WorkQueues>().SendAsync(new DayMessage(Older, row!.Timestamp), TimeSpan.Zero, stop);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    /// <summary>Returns the JSON of a response; fails if the status is not 200.</summary>
    internal async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await SendAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    /// <summary>Sends a request to a path below <c>/api/</c>.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string path, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri("/api/" + path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal static async Task<byte[]> DecompressAsync(HttpContent content)
    {
        var body = await content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = content.Headers.ContentEncoding.Single() == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await plain.CopyToAsync(whole, TestContext.Current.CancellationToken);
        return whole.ToArray();
    }

    private static SimulatedPaper Invented(int number, string id) => new()
    {
        Id = id,
        Title = string.Create(CultureInfo.InvariantCulture, $"An Invented Paper, Number {number}"),
        Abstract = $"{topics[number % topics.Length]} It works in {number} of {number} cases. Nobody has shown this before.",
        Categories = ["cs.LG"],
    };
}
