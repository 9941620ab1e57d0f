using System.Globalization;
using System.Net;
using System.Text;
using Denoised.Functions.Tests.EndToEnd;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.FunctionsHost;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The published worker behind a Functions host and the local program, on one storage account with a listing day of invented papers.</summary>
public sealed class ComparedPrograms(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>An old-style identifier of one of the papers.</summary>
    internal const string OldId = "math/0211159";

    private const int Papers = 12;

    // The servers add these headers themselves, and their values depend on the time.
    private static readonly HashSet<string> uncompared = new(StringComparer.OrdinalIgnoreCase) { "Date", "Server" };

    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseProxy = false };
    private HttpMessageInvoker? client;
    private ProductProcess? local;

    /// <summary>The host of the published worker.</summary>
    internal FunctionsHostSimulator Host { get; private set; } = null!;

    /// <summary>The local program's API.</summary>
    internal Uri LocalApi => local!.Api.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        client = new HttpMessageInvoker(handler);
        var day = new DateOnly(2026, 3, 17);
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = day }, stop);
        InventedListing.Announce(arxiv, Papers);
        arxiv.Announce(new SimulatedPaper { Id = OldId, Title = "Clocks Before Bell Towers", Abstract = "A clock is wound. We show that it stops.", Categories = ["cs.LG"] });

        var account = azurite.TakeAccount();
        var settings = ContractSettings.For(account, arxiv);
        var offset = new DateTimeOffset(day.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero) - DateTimeOffset.UtcNow;
        await using (await ProductProcess.StartAsync(account, offset, ContractSettings.Local(settings)))
        await using (var observer = new Observer(settings))
        {
            await observer.AskAsync(stop);
            await observer.UntilAsync(rows => Observer.AreFinal(rows, Papers + 1), TimeSpan.FromMinutes(5), stop);
            await observer.UntilAllIsShownAsync(TimeSpan.FromMinutes(5), stop);
        }

        local = await ProductProcess.StartAsync(account, TimeSpan.Zero, ContractSettings.Local(settings));
        Host = await WarmWorker.StartAsync(settings, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        if (local is not null)
            await local.DisposeAsync();
        client?.Dispose();
        handler.Dispose();
    }

    /// <summary>Sends a request to both programs and returns both responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The path and query, sent without changes.</param>
    /// <param name="headers">The headers.</param>
    internal async Task<(Answer Worker, Answer Local)> AskBothAsync(HttpMethod method, string target, params (string Name, string Value)[] headers)
    {
        var localAnswer = AskAsync(new Uri(local!.Api.BaseAddress!, "/"), method, target, headers);
        return (await AskAsync(Host.Address, method, target, headers), await localAnswer);
    }

    private async Task<Answer> AskAsync(Uri server, HttpMethod method, string target, (string Name, string Value)[] headers)
    {
        var address = new Uri(server.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client!.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .Where(header => !uncompared.Contains(header.Key))
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
    }
}

/// <summary>An HTTP response.</summary>
internal sealed record Answer(HttpStatusCode Status, Dictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The response as text, with a binary body in hexadecimal digits.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{(int)Status}\n");
        foreach (var (name, value) in Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        return text.Append('\n').Append(Headers.ContainsKey("Content-Encoding") ? Convert.ToHexString(Body) : Encoding.UTF8.GetString(Body)).ToString();
    }
}
