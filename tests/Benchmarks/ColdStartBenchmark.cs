using System.Diagnostics;
using System.Globalization;
using System.Net;
using Denoised.LocalHost.Emulator;

namespace Denoised.Benchmarks;

/// <summary>
/// Measures a cold start: elapsed time and CPU time from process start to the first response of GET /api/days, as published, without ReadyToRun, and
/// without tiered compilation. The variants alternate, so noise affects all of them equally.
/// </summary>
internal static class ColdStartBenchmark
{
    private const int Rounds = 9;

    public static async Task<int> RunAsync(string program, CancellationToken cancellationToken)
    {
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync($"{program} does not exist. Build it: dotnet publish src/LocalHost -c Release");
            return 2;
        }

        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), Console.WriteLine, cancellationToken);
        (string Name, (string, string)[] Variables)[] variants =
        [
            ("as published", []),
            ("without ReadyToRun (Denoised and .NET)", [("DOTNET_ReadyToRun", "0")]),
            ("without tiered compilation", [("DOTNET_TieredCompilation", "0")]),
        ];
        var measured = variants.Select(_ => new List<(TimeSpan Elapsed, TimeSpan CpuTime, long Memory)>()).ToArray();
        var before = ReferenceWorkload.Measure();
        for (var round = 0; round < Rounds; round++)
        {
            for (var variant = 0; variant < variants.Length; variant++)
                measured[variant].Add(await StartAsync(program, azurite.ConnectionString, variants[variant].Variables, cancellationToken));
        }

        var work = ReferenceWorkloadTime.Mean(before, ReferenceWorkload.Measure());
        Console.WriteLine($"From the start of the process to the response of GET /api/days, {Rounds} starts each, median (fastest to slowest):");
        foreach (var (variant, starts) in variants.Zip(measured))
        {
            var elapsed = starts.Select(start => start.Elapsed.TotalMilliseconds).Order().ToList();
            var cpu = starts.Select(start => start.CpuTime.TotalMilliseconds).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {variant.Name}: {elapsed[Rounds / 2]:0} ms ({elapsed[0]:0} to {elapsed[^1]:0}), CPU {cpu[Rounds / 2]:0} ms ({cpu[Rounds / 2] / work.Computed.TotalMilliseconds:0.00} × the reference workload), {starts.Max(start => start.Memory) / 1e6:0} MB"));
        }

        Console.WriteLine(work);

        return 0;
    }

    private static async Task<(TimeSpan Elapsed, TimeSpan CpuTime, long Memory)> StartAsync(
        string program, string connection, (string Name, string Value)[] variables, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in new[]
        {
            ("AzureWebJobsStorage", connection),
            ("LocalHost__ApiPort", port.ToString(CultureInfo.InvariantCulture)),
            ("LocalHost__SitePort", "0"),
            ("LocalHost__BuildPage", "false"),
            ("LocalHost__Console", "false"),
            // 1 January: no timer fires during the run.
            ("CollectSchedule", "0 0 0 1 1 *"),
            ("PurgeSchedule", "0 0 0 1 1 *"),
        }.Concat(variables))
        {
            start.Environment[name] = value;
        }

        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        using var product = Process.Start(start)!;

        // Discards the output: a child that fills the pipe would block.
        product.OutputDataReceived += static (_, _) => { };
        product.BeginOutputReadLine();
        try
        {
            while (true)
            {
                try
                {
                    using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/days"), cancellationToken);
                    if (response.StatusCode != HttpStatusCode.OK)
                        throw new InvalidOperationException($"GET /api/days responded with {(int)response.StatusCode}.");
                    var elapsed = watch.Elapsed;
                    product.Refresh();
                    return (elapsed, product.TotalProcessorTime, product.WorkingSet64);
                }
                catch (HttpRequestException) when (!product.HasExited && watch.Elapsed < TimeSpan.FromMinutes(1))
                {
                    // Not listening yet.
                    await Task.Delay(5, cancellationToken);
                }
            }
        }
        finally
        {
            product.Kill(entireProcessTree: true);
            await product.WaitForExitAsync(cancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
