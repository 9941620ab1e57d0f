using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Denoised.Benchmarks.Faults;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Benchmarks.Load;

/// <summary>
/// The newest day's 262 papers over HTTP, beside a bare ASP.NET Core endpoint that returns the same bytes: turn and turn about, so that both
/// meet the same machine.
/// </summary>
internal static class LoadRun
{
    private const int Papers = 262;
    private const int Rounds = 5;

    private static readonly TimeSpan round = TimeSpan.FromSeconds(8);

    /// <summary>The runtime compiles what is called often a second time, a while after nothing new has been called.</summary>
    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(25);

    /// <summary>Four connections that pause so long ask some 800 to 900 times a second: a tenth and a little more of what such machines answer.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(3);

    public static async Task<int> RunAsync(TimeSpan flat)
    {
        var stop = CancellationToken.None;
        var (apiPort, barePort) = (FreePort(), FreePort());
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 17),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromMilliseconds(20)) },
            ("Collect__RetentionDays", "1"),
            ("LocalHost__ApiPort", apiPort.ToString(CultureInfo.InvariantCulture)));
        var product = rig.Add();
        await rig.Observer.AskAsync(stop);
        await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(5), stop);

        var address = new Uri($"http://127.0.0.1:{apiPort}/api/days/latest");
        using var http = new HttpClient();
        var (body, etag) = await SettledAsync(http, address, stop);
        var folder = Directory.CreateTempSubdirectory("denoised-load");
        var file = Path.Combine(folder.FullName, "answer.gz");
        await File.WriteAllBytesAsync(file, body, stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Papers} papers, {body.Length / 1000.0:0} KB of gzip; 32 connections, {Environment.ProcessorCount} cores shared with wrk"));

        using var bare = Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadRun).Assembly.Location, "bare", file, barePort.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        try
        {
            var peer = new Uri($"http://127.0.0.1:{barePort}/answer");
            await WarmUpAsync(peer, address);
            var hold = await CompareAsync("GET", peer, address, etag: null);
            hold &= Goal.Report("who holds the answer gets 304 without a body", await IsNotModifiedAsync(http, address, etag));
            hold &= await CompareAsync("304", peer, address, etag);
            hold &= await MixAsync(address, folder.FullName);
            return (hold & await StayFlatAsync(product, address, flat)) ? 0 : 1;
        }
        finally
        {
            bare.Kill();
            folder.Delete(recursive: true);
        }
    }

    internal static async Task WarmUpAsync(params Uri[] addresses)
    {
        using var http = new HttpClient();
        foreach (var address in addresses)
        {
            while (await AnswersAsync(http, address) is false)
                await Task.Delay(100);
            await Wrk.RunAsync(address, warmUp, script: null, "Accept-Encoding: gzip");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    /// <summary>
    /// The answer once it stays as it is: metadata and the overview of the day may still come, and a peer that returns other bytes, or a validator that nobody holds,
    /// would measure something else.
    /// </summary>
    /// <exception cref="TimeoutException">The overview of the day did not come within five minutes.</exception>
    internal static async Task<(byte[] Body, string ETag)> SettledAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        (byte[] Body, string ETag)? former = null;
        for (var limit = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromMinutes(5);)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { AcceptEncoding = { new("gzip") } } };
            using var answer = await http.SendAsync(request, cancellationToken);
            var read = (Body: await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken), ETag: answer.Headers.ETag!.ToString());
            if (former?.ETag == read.ETag && await HasOverviewAsync(read.Body, cancellationToken))
                return read;

            // Longer than an answer is held.
            former = read;
            await Task.Delay(TimeSpan.FromSeconds(12), cancellationToken);
        }

        throw new TimeoutException("The overview of the day did not come within five minutes.");
    }

    private static async Task<bool> HasOverviewAsync(byte[] answer, CancellationToken cancellationToken)
    {
        await using var plain = new GZipStream(new MemoryStream(answer), CompressionMode.Decompress);
        using var day = await JsonDocument.ParseAsync(plain, cancellationToken: cancellationToken);
        return day.RootElement.TryGetProperty("overview", out var overview) && overview.ValueKind == JsonValueKind.Object;
    }

    private static async Task<bool> IsNotModifiedAsync(HttpClient http, Uri address, string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.NotModified && (await answer.Content.ReadAsByteArrayAsync()).Length == 0;
    }

    private static async Task<bool> CompareAsync(string name, Uri peer, Uri address, string? etag)
    {
        List<Wrk> bare = [], product = [];
        for (var turn = 0; turn < Rounds; turn++)
        {
            bare.Add(await Wrk.RunAsync(peer, round, script: null, "Accept-Encoding: gzip"));
            product.Add(await Wrk.RunAsync(address, round, script: null, ["Accept-Encoding: gzip", .. etag is null ? Array.Empty<string>() : [$"If-None-Match: {etag}"]]));
        }

        var (rate, peerRate) = (Median(product, run => run.PerSecond), Median(bare, run => run.PerSecond));
        var (tail, peerTail) = (Median(product, run => run.P99.TotalMilliseconds), Median(bare, run => run.P99.TotalMilliseconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {rate:0} a second, p99 {tail:0.0} ms; bare endpoint {peerRate:0} a second, p99 {peerTail:0.0} ms (medians of {Rounds})"));
        var hold = Goal.Report("no request failed", product.Sum(run => run.Errors + run.Broken) == 0);
        hold &= Goal.Report(string.Create(CultureInfo.InvariantCulture, $"requests a second {rate / peerRate:0.00} ≥ 0.80 × the bare endpoint's"), rate >= 0.8 * peerRate);
        return hold & Goal.Report(string.Create(CultureInfo.InvariantCulture, $"p99 {tail / peerTail:0.00} ≤ 2 × the bare endpoint's"), tail <= 2 * peerTail);
    }

    private static async Task<bool> MixAsync(Uri address, string folder)
    {
        // Two wrks at once, so that the good requests have figures of their own; the other one asks the same good question, or bad ones, and
        // pauses between two, so that a tenth of all are its own whatever its answers cost. A paper that is not held is no bad query: it costs a
        // read of the table, which here is done on the same cores.
        var (good, bad, unheld) = (Path.Combine(folder, "good.lua"), Path.Combine(folder, "bad.lua"), Path.Combine(folder, "unheld.lua"));
        var pausing = string.Create(CultureInfo.InvariantCulture, $"function delay() return {pause.TotalMilliseconds:0} end");
        await File.WriteAllTextAsync(good, pausing);
        await File.WriteAllTextAsync(bad, pausing + """

            local paths = { "/api/days/2026-13-45", "/api/days/latest?limit=no", "/api/days/latest?tag=%00", "/api/papers/..%2F..%2Fetc", "/api/days/latest?cursor=xyz", "/api/nothing" }
            local n = 0
            request = function()
              n = n + 1
              return wrk.format("GET", paths[n % #paths + 1])
            end
            """);
        await File.WriteAllTextAsync(unheld, pausing + """

            local n = 0
            request = function()
              n = n + 1
              return wrk.format("GET", string.format("/api/papers/2603.%05d", 90000 + n % 9999))
            end
            """);
        List<(Wrk Good, Wrk Other)> control = [], mixed = [], absent = [];
        for (var turn = 0; turn < Rounds; turn++)
        {
            control.Add(await BesideAsync(address, good));
            mixed.Add(await BesideAsync(address, bad));
            absent.Add(await BesideAsync(address, unheld));
        }

        var (rate, alone) = (Median([.. mixed.Select(run => run.Good)], run => run.PerSecond), Median([.. control.Select(run => run.Good)], run => run.PerSecond));
        var (tail, aloneTail) = (Median([.. mixed.Select(run => run.Good)], run => run.P99.TotalMilliseconds), Median([.. control.Select(run => run.Good)], run => run.P99.TotalMilliseconds));
        var share = mixed.Average(run => run.Other.PerSecond / (run.Good.PerSecond + run.Other.PerSecond));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"good ones beside bad queries ({share:P0} of all): {rate:0} a second, p99 {tail:0.0} ms; beside good ones: {alone:0} a second, p99 {aloneTail:0.0} ms"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"good ones beside {Median([.. absent.Select(run => run.Other)], run => run.PerSecond):0} a second for papers that are not held, each another: {Median([.. absent.Select(run => run.Good)], run => run.PerSecond):0} a second, p99 {Median([.. absent.Select(run => run.Good)], run => run.P99.TotalMilliseconds):0.0} ms"));
        var hold = Goal.Report("a tenth of all requests at least were bad, and each was told so", share >= 0.1 && mixed.TrueForAll(run => run.Other.Broken == 0 && run.Other.Errors > 0 && run.Good.Errors + run.Good.Broken == 0));
        return hold & Goal.Report(
            string.Create(CultureInfo.InvariantCulture, $"bad queries do not slow the good ones: rate {rate / alone:0.00} ≥ 0.95, p99 {tail / aloneTail:0.00} ≤ 1.25"), rate >= 0.95 * alone && tail <= 1.25 * aloneTail);
    }

    private static async Task<(Wrk Good, Wrk Other)> BesideAsync(Uri address, string script)
    {
        const int Others = Wrk.Connections / 8;
        var other = Wrk.RunAsync(address, round, Others, script, "Accept-Encoding: gzip");
        return (await Wrk.RunAsync(address, round, Wrk.Connections - Others, script: null, "Accept-Encoding: gzip"), await other);
    }

    private static async Task<bool> StayFlatAsync(LocalHostProcess product, Uri address, TimeSpan duration)
    {
        var load = Wrk.RunAsync(address, duration, script: null, "Accept-Encoding: gzip");
        var memory = new List<double>();
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(5)));
            memory.Add(product.Memory / 1e6);
        }

        var total = await load;
        var quarter = Math.Max(1, memory.Count / 4);
        var (early, late) = (memory.Skip(quarter).Take(quarter).Average(), memory.TakeLast(quarter).Average());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.#} minutes of load: {total.PerSecond:0} a second; memory {early:0} MB in the second quarter, {late:0} MB in the last, {memory.Max():0} MB at most"));
        return Goal.Report(string.Create(CultureInfo.InvariantCulture, $"memory stays flat: {late / early:0.00} ≤ 1.05"), late <= 1.05 * early);
    }

    private static double Median(List<Wrk> runs, Func<Wrk, double> figure) => runs.Select(figure).Order().ElementAt(runs.Count / 2);

    internal static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
