using System.Diagnostics;
using System.Globalization;
using Denoised.Benchmarks.Faults;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.FunctionsHost;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Benchmarks.Load;

/// <summary>
/// The newest day's 262 papers over HTTP from three sides, turn and turn about: the local program, the published worker behind a small Functions host,
/// and a bare endpoint with the same bytes behind the same host's forwarder, without an invocation. The small host is cheaper than the real one.
/// </summary>
internal static class WorkerLoadRun
{
    private const int Papers = 262;
    private const int Rounds = 3;

    /// <summary>Runs it.</summary>
    /// <param name="local">The local program.</param>
    /// <param name="worker">The published <c>Denoised.Functions.dll</c>.</param>
    /// <param name="round">How long each side is asked, each time.</param>
    public static async Task<int> RunAsync(string local, string worker, TimeSpan round)
    {
        if (Path.GetFileName(worker) != "Denoised.Functions.dll")
        {
            await Console.Error.WriteLineAsync($"worker-load: the second program must be the published Denoised.Functions.dll, not {worker}.");
            return 2;
        }

        var stop = CancellationToken.None;
        var (localPort, barePort) = (LoadRun.FreePort(), LoadRun.FreePort());
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 17),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromMilliseconds(20)) },
            ("Collect__RetentionDays", "1"),
            ("LocalHost__ApiPort", localPort.ToString(CultureInfo.InvariantCulture)));
        var product = rig.Add(local);
        await rig.Observer.AskAsync(stop);
        try
        {
            await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(5), stop);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"The local program did not summarize the day:{Environment.NewLine}{string.Join(Environment.NewLine, product.Output)}", exception);
        }

        var address = new Uri($"http://127.0.0.1:{localPort}/api/days/latest");
        using var http = new HttpClient();
        var (body, _) = await LoadRun.SettledAsync(http, address, stop);
        var folder = Directory.CreateTempSubdirectory("denoised-load");
        var file = Path.Combine(folder.FullName, "answer.gz");
        await File.WriteAllBytesAsync(file, body, stop);

        using var bare = Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadRun).Assembly.Location, "bare", file, barePort.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        try
        {
            await using var host = await FunctionsHostSimulator.StartAsync(new FunctionsHostOptions { Program = worker, Settings = rig.Settings, Bare = new Uri($"http://127.0.0.1:{barePort}/") }, stop);
            using var self = Process.GetCurrentProcess();
            Side[] sides =
            [
                new("local program", address, () => product.Computed, () => TimeSpan.Zero, () => 0),
                new("worker behind the host", new Uri(host.Address, "api/days/latest"), () => host.Computed, () => Used(self), () => host.Responses.GetValueOrDefault("GetDay")?.TotalBytes ?? 0),
                new("bare endpoint behind the host", new Uri(host.Address, "bare/answer"), () => Used(bare), () => Used(self), () => 0),
            ];
            await LoadRun.WarmUpAsync([.. sides.Select(side => side.Address)]);
            for (var turn = 0; turn < Rounds; turn++)
            {
                foreach (var side in sides)
                    await side.MeasureAsync(round);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Papers} papers, {body.Length / 1000.0:0} KB of gzip; {Wrk.Connections} connections, {Environment.ProcessorCount} cores shared with wrk; medians of {Rounds} rounds of {round.TotalSeconds:0} s"));
            foreach (var side in sides)
                Console.WriteLine(side);
            return Goal.Report("every side answered in every round, and no request failed", sides.All(side => side is { Failed: 0, IsIdle: false })) ? 0 : 1;
        }
        finally
        {
            bare.Kill();
            folder.Delete(recursive: true);
        }
    }

    private static TimeSpan Used(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>One of the servers that are compared.</summary>
    private sealed class Side(string name, Uri address, Func<TimeSpan> server, Func<TimeSpan> host, Func<long> responses)
    {
        private readonly List<(double Rate, double ServerMs, double HostMs, double Bytes)> runs = [];

        public Uri Address => address;

        public long Failed { get; private set; }

        /// <summary>Whether a round passed without a response: the machine was too busy to measure anything.</summary>
        public bool IsIdle => runs.Exists(run => run.Rate == 0);

        public async Task MeasureAsync(TimeSpan duration)
        {
            var (serverBefore, hostBefore, bytesBefore) = (server(), host(), responses());
            var run = await Wrk.RunAsync(address, duration, script: null, "Accept-Encoding: gzip");
            var requests = run.PerSecond * duration.TotalSeconds;
            Failed += run.Errors + run.Broken;
            runs.Add((run.PerSecond, (server() - serverBefore).TotalMilliseconds / requests, (host() - hostBefore).TotalMilliseconds / requests, (responses() - bytesBefore) / requests));
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Median(run => run.Rate):0} requests a second; CPU a request {Median(run => run.ServerMs):0.00} ms, of the host {Median(run => run.HostMs):0.00} ms; invocation response {Median(run => run.Bytes):0} bytes");

        private double Median(Func<(double Rate, double ServerMs, double HostMs, double Bytes), double> figure) => runs.Select(figure).Order().ElementAt(runs.Count / 2);
    }
}
