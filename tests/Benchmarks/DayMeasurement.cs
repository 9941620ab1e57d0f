using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.LocalHost.Emulator;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks;

/// <summary>
/// Collects and publishes the real day of 17 March (262 papers) with the product in a process of its own, rate limits off, and prints wall time,
/// CPU per paper and peak memory of that process.
/// </summary>
internal static partial class DayMeasurement
{
    private const int Papers = 262;

    private static readonly DateTimeOffset morning = new(2026, 3, 17, 5, 20, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string program, CancellationToken cancellationToken)
    {
        if (RealData.Find("arxiv/listings") is not { } listings || !File.Exists(program))
        {
            await Console.Error.WriteLineAsync($"The real data (../shared/data) or the program {program} is missing: dotnet publish src/LocalHost -c Release");
            return 2;
        }

        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), Console.WriteLine, cancellationToken);
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { ListingsFolder = listings, Today = DateOnly.FromDateTime(morning.UtcDateTime), FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero }, cancellationToken);
        arxiv.Catalogue.Clear(new DateOnly(2026, 3, 16));

        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in new (string, string)[]
        {
            ("AzureWebJobsStorage", azurite.ConnectionString),
            ("LocalHost__ApiPort", "0"),
            ("LocalHost__SitePort", "0"),
            ("LocalHost__ClockOffset", (morning - TimeProvider.System.GetUtcNow()).ToString("c", CultureInfo.InvariantCulture)),
            ("Arxiv__FeedAddress", arxiv.Address.ToString()),
            ("Arxiv__ApiAddress", arxiv.Address.ToString()),
            ("Arxiv__PageAddress", arxiv.Address.ToString()),
            ("Arxiv__Categories", "cs.LG"),
            ("Arxiv__ApiInterval", "00:00:00"),
            ("Arxiv__PageInterval", "00:00:00"),
            ("Arxiv__ClockMargin", "00:00:00"),
        })
        {
            start.Environment[name] = value;
        }

        var before = ReferenceWorkload.Measure();
        using var product = Process.Start(start)!;
        try
        {
            while (await product.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (ApiLine().Match(line) is { Success: true } match)
                    return await MeasureAsync(product, new Uri(match.Groups["address"].Value), before, cancellationToken);
            }

            return 1;
        }
        finally
        {
            product.Kill(entireProcessTree: true);
        }
    }

    private static async Task<int> MeasureAsync(Process product, Uri api, ReferenceWorkloadTime before, CancellationToken cancellationToken)
    {
        product.Refresh();
        var startup = product.TotalProcessorTime;
        var drain = product.StandardOutput.ReadToEndAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = api };
        while (true)
        {
            var status = await http.GetFromJsonAsync<JsonElement>("status", cancellationToken);
            var day = status.GetProperty("days").EnumerateArray().FirstOrDefault(day => day.GetProperty("day").GetString() == "2026-03-17");
            if (day.ValueKind == JsonValueKind.Object && day.GetProperty("shown").GetInt32() == Papers && status.GetProperty("lastRun").TryGetProperty("finishedAt", out _))
            {
                product.Refresh();
                var run = status.GetProperty("lastRun");
                var collected = run.GetProperty("finishedAt").GetDateTimeOffset() - run.GetProperty("startedAt").GetDateTimeOffset();
                var now = TimeProvider.System.GetUtcNow();
                var wall = now - (run.GetProperty("startedAt").GetDateTimeOffset() + (now - status.GetProperty("now").GetDateTimeOffset()));
                var computed = product.TotalProcessorTime - startup;
                var peak = product.PeakWorkingSet64;
                product.Kill(entireProcessTree: true);
                var work = ReferenceWorkloadTime.Mean(before, ReferenceWorkload.Measure());
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"papers            {Papers}"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"collection        {collected.TotalSeconds:0.0} s"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"until published   {wall.TotalSeconds:0.0} s (goal 10), {wall / work.Wall:0.00} × the reference workload"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CPU per paper     {computed.TotalMilliseconds / Papers:0.0} ms (goal 15; the start's {startup.TotalMilliseconds:0} ms not counted), all {computed / work.Computed:0.00} × the reference workload"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory       {peak / 1_000_000.0:0} MB (goal 250)"));
                Console.WriteLine(work);
                return 0;
            }

            if (drain.IsCompleted)
                return 1;
            await Task.Delay(250, cancellationToken);
        }
    }

    [GeneratedRegex(@"^API\s+(?<address>http://\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApiLine();
}
