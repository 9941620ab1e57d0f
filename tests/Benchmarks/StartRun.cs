using System.Diagnostics;
using System.Globalization;
using System.Net;
using Denoised.LocalHost.Emulator;

namespace Denoised.Benchmarks;

/// <summary>
/// How long a cold instance takes from the start of its process to its first answer, and what it computes for it, with the program compiled ahead
/// of time and without, in turns so that both meet the same noise.
/// </summary>
internal static class StartRun
{
    private const int Rounds = 9;

    public static async Task<int> RunAsync(string program, CancellationToken cancellationToken)
    {
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync($"There is no {program}: dotnet publish src/LocalHost -c Release");
            return 2;
        }

        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), Console.WriteLine, cancellationToken);
        (string What, (string, string)[] Variables)[] variants =
        [
            ("as published", []),
            ("without code compiled ahead of time (the product's and .NET's)", [("DOTNET_ReadyToRun", "0")]),
            ("fully optimised at once", [("DOTNET_TieredCompilation", "0")]),
        ];
        var measured = variants.Select(_ => new List<(TimeSpan Answered, TimeSpan Computed, long Memory)>()).ToArray();
        var before = FixedWork.Measure();
        for (var round = 0; round < Rounds; round++)
        {
            for (var variant = 0; variant < variants.Length; variant++)
                measured[variant].Add(await StartAsync(program, azurite.ConnectionString, variants[variant].Variables, cancellationToken));
        }

        var work = FixedWorkTime.Mean(before, FixedWork.Measure());
        Console.WriteLine($"From the start of the process to the answer of GET /api/days, {Rounds} starts each, median (fastest to slowest):");
        foreach (var (variant, starts) in variants.Zip(measured))
        {
            var answered = starts.Select(start => start.Answered.TotalMilliseconds).Order().ToList();
            var computed = starts.Select(start => start.Computed.TotalMilliseconds).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {variant.What}: {answered[Rounds / 2]:0} ms ({answered[0]:0} to {answered[^1]:0}), computing {computed[Rounds / 2]:0} ms ({computed[Rounds / 2] / work.Computed.TotalMilliseconds:0.00} × the fixed work), {starts.Max(start => start.Memory) / 1e6:0} MB"));
        }

        Console.WriteLine(work);

        return 0;
    }

    private static async Task<(TimeSpan Answered, TimeSpan Computed, long Memory)> StartAsync(
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
            ("CollectSchedule", "0 0 0 1 1 *"),
            ("PurgeSchedule", "0 0 0 1 1 *"),
        }.Concat(variables))
        {
            start.Environment[name] = value;
        }

        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        using var product = Process.Start(start)!;
        try
        {
            while (true)
            {
                try
                {
                    using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/days"), cancellationToken);
                    if (response.StatusCode != HttpStatusCode.OK)
                        throw new InvalidOperationException($"The product answers {(int)response.StatusCode}.");
                    var answered = watch.Elapsed;
                    product.Refresh();
                    return (answered, product.TotalProcessorTime, product.WorkingSet64);
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
