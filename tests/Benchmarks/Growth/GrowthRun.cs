using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Denoised.LocalHost.Emulator;
using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks.Growth;

/// <summary>
/// What a site costs as it grows, in papers a day and in days: each size in a process of its own between a storage emulator and a
/// simulated arXiv. Rate limits are off, no model is configured. Prints tables with the exponents that fit.
/// </summary>
internal static class GrowthRun
{
    // Three sizes and a shared machine: what is linear comes out within a tenth.
    private const double Linear = 1.1;

    /// <summary>The figures that are shown and not judged: the emulator goes through all rows of a table for each query, where Table Storage reads by key.</summary>
    public const string WallTime = "wall time";

    // An instance of 2,048 MB, less what is not heap.
    private const string HeapLimit = "0x60000000";

    private static readonly GrowthSize[] byPapers = [new(70, 7), new(700, 7), new(7_000, 7)];
    private static readonly GrowthSize[] byDays = [new(70, 7), new(70, 30), new(70, 365)];

    /// <param name="arguments">Nothing for the two series; or <c>--papers</c> and <c>--days</c>, each with numbers: every pair of them is one series.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (Read(arguments) is not var (papers, days))
            return 2;

        var series = papers.Count == 0 && days.Count == 0
            ? new[] { byPapers, byDays }
            : [[.. from count in papers.DefaultIfEmpty(70) from held in days.DefaultIfEmpty(7) select new GrowthSize(count, held)]];
        var measured = new Dictionary<GrowthSize, Dictionary<string, double>>();
        foreach (var size in series.SelectMany(sizes => sizes).Distinct())
        {
            var start = Stopwatch.GetTimestamp();
            measured[size] = await MeasureAsync(size);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{size.PapersADay} × {size.Days}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; {JsonSerializer.Serialize(measured[size])}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rate limits off, no model, {Environment.ProcessorCount} cores shared with emulator and simulator. Exponent: of the figure against the papers held, and in the last step alone, where what is done once weighs least; bold where that is worse than linear (over {Linear}). Wall time is not judged: the emulator goes through all rows for each query."));
        var isLinear = true;
        foreach (var sizes in series)
        {
            Console.WriteLine();
            isLinear &= Print(sizes, measured);
        }

        return isLinear ? 0 : 1;
    }

    private static (List<int> Papers, List<int> Days)? Read(IReadOnlyList<string> arguments)
    {
        List<int> papers = [], days = [];
        List<int>? target = null;
        foreach (var argument in arguments)
        {
            if (argument is "--papers" or "--days")
            {
                target = argument == "--papers" ? papers : days;
            }
            else if (target is not null && int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                target.Add(number);
            }
            else
            {
                Console.Error.WriteLine($"'{argument}' is no number of papers or days. Example: growth --papers 70 700 --days 7");
                return null;
            }
        }

        return (papers, days);
    }

    private static bool Print(GrowthSize[] sizes, Dictionary<GrowthSize, Dictionary<string, double>> measured)
    {
        Row(["papers a day × days", .. sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.PapersADay:N0} × {size.Days}")), "exponent", "last step"]);
        Row(["---", .. sizes.Select(_ => "---:"), "---:", "---:"]);
        Row(["papers held", .. sizes.Select(size => size.Papers.ToString("N0", CultureInfo.InvariantCulture)), "", ""]);
        var isLinear = true;
        foreach (var name in sizes.SelectMany(size => measured[size].Keys).Distinct(StringComparer.Ordinal))
        {
            var known = sizes.Where(size => measured[size].ContainsKey(name)).OrderBy(size => size.Papers).Select(size => ((double)size.Papers, measured[size][name])).ToList();
            var (exponent, last) = (PowerLaw.Exponent(known), PowerLaw.Exponent([.. known.TakeLast(2)]));
            var isWorse = last > Linear && !name.Contains(WallTime, StringComparison.Ordinal);
            isLinear &= !isWorse;
            Row([name, .. sizes.Select(size => measured[size].TryGetValue(name, out var figure) ? Figure(figure) : "–"), Exponent(exponent), isWorse ? $"**{Exponent(last)}**" : Exponent(last)]);
        }

        return isLinear;

        static string Exponent(double exponent) => double.IsNaN(exponent) ? "" : exponent.ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(GrowthSize size)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), Console.Error.WriteLine, CancellationToken.None);
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = size.ListingDays[0].Date });
        var invented = new InventedArxiv(seed: 1);
        foreach (var (place, day) in size.ListingDays.Index())
        {
            var papers = invented.Day(day, size.PapersADay);
            if (place >= size.Written)
                arxiv.Catalogue.Announce(day.Date, papers);
        }

        var start = new ProcessStartInfo("dotnet", [typeof(GrowthRun).Assembly.Location, "grow", Text(size.PapersADay), Text(size.Days), azurite.ConnectionString, arxiv.Address.ToString()])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, double>>(output)!
                : throw new InvalidOperationException($"{size} ended with exit code {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Figure(double figure) => figure.ToString(figure switch { >= 100 => "N0", >= 1 => "0.0", _ => "0.000" }, CultureInfo.InvariantCulture);

    private static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
