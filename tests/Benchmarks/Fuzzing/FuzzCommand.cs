using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Denoised.LocalHost.Emulator;
using Denoised.PaperText.Pdf;
using Denoised.TestSupport.Fuzzing;
using Denoised.Text;

namespace Denoised.Benchmarks.Fuzzing;

/// <summary>
/// Reads mutated inputs in a worker process, which is started again after each death, and killed where an input hangs or takes too much memory:
/// <c>fuzz [--target name] [--count n] [--seed n] [--from n] [--out folder]</c>.
/// </summary>
internal static class FuzzCommand
{
    /// <summary>The largest working set of a worker.</summary>
    private const long MaxWorkingSet = 1_500L * 1024 * 1024;

    /// <summary>A worker that does not get on within so many times an input's bound hangs: the machine may do other things as well.</summary>
    private const int Patience = 10;

    /// <summary>So many inputs a worker: what one figure is about is one process's, and it shows in its memory if it grows.</summary>
    private const int Portion = 10_000;

    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = Options(args);
        var targets = options.GetValueOrDefault("--target", "all") is var asked && asked == "all" ? FuzzTargets.Names : [asked];
        var seed = int.Parse(options.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture);
        var from = int.Parse(options.GetValueOrDefault("--from", "0"), CultureInfo.InvariantCulture);
        var folder = options.GetValueOrDefault("--out", Path.Combine(Path.GetTempPath(), "denoised-fuzz"));
        var findings = 0;
        Console.WriteLine("| target | inputs | findings | time | slowest | largest allocation | working set | ends |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|");
        foreach (var target in targets)
        {
            var count = options.TryGetValue("--count", out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : FuzzTargets.StandardCount(target);
            findings += await RunAsync(target, seed, from, count, folder);
        }

        return findings == 0 ? 0 : 1;
    }

    private static async Task<int> RunAsync(string name, int seed, int from, int count, string folder)
    {
        await using var storage = name == FuzzTargets.Queries ? await AzuriteProcess.StartAsync(new AzuriteOptions { ExtraAccounts = 1 }, Console.Error.WriteLine, CancellationToken.None) : null;
        var connection = storage?.TakeAccount();
        if (connection is not null)
            await QueryTarget.FillAsync(connection, CancellationToken.None);

        await using var target = FuzzTargets.Create(name, connection, PdfReaderCommand.OfThisProgram());
        var began = Stopwatch.GetTimestamp();
        var figures = new FuzzFigures();
        var findings = new List<FuzzFinding>();
        long largestSet = 0;
        for (var next = from; next < from + count;)
        {
            var known = findings.Count;
            var (came, workingSet, died) = await WorkAsync(target, seed, next, Math.Min(Portion, from + count - next), connection, figures, findings);
            largestSet = Math.Max(largestSet, workingSet);
            if (died is not null)
            {
                // What the dead one had read since its last figures is counted by its number only.
                figures.Inputs = died.Number - from + 1;
                if (await target.ContainAsync(target.Input(seed, died.Number)) is { } contained)
                    figures.Ends[contained] = figures.Ends.GetValueOrDefault(contained) + 1;
                else
                    findings.Add(died);
                await Console.Error.WriteLineAsync($"{name} seed {seed} number {died.Number} ended a worker: {Characters.Shorten(died.What, 300)}");
            }

            foreach (var finding in findings.Skip(known))
                await Console.Error.WriteLineAsync($"{name} seed {seed} number {finding.Number}: {finding.What}");
            next = came;
        }

        Directory.CreateDirectory(folder);
        foreach (var finding in findings)
            await KeepAsync(target, seed, finding.Number, folder);
        await KeepAsync(target, seed, figures.SlowestNumber, folder);
        await KeepAsync(target, seed, figures.LargestNumber, folder);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {figures.Inputs} | {findings.Count} | {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s | {figures.Slowest.TotalMilliseconds:0} ms (#{figures.SlowestNumber}) | {figures.Largest / 1048576.0:0.0} MB (#{figures.LargestNumber}) | {largestSet / 1048576} MB | {string.Join(", ", figures.Ends.Select(static end => $"{end.Key} {end.Value}"))} |"));
        return findings.Count;
    }

    /// <summary>Writes an input into the folder, for a look at it.</summary>
    private static async Task<string> KeepAsync(FuzzTarget target, int seed, int number, string folder)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{seed}-{number}"));
        await File.WriteAllBytesAsync(path, target.Input(seed, number));
        return path;
    }

    /// <summary>One worker's life.</summary>
    /// <returns>The number to go on with, the worker's largest working set, and what it died of.</returns>
    private static async Task<(int Next, long WorkingSet, FuzzFinding? Died)> WorkAsync(FuzzTarget target, int seed, int from, int count, string? connection, FuzzFigures figures, List<FuzzFinding> findings)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, BitConverter.GetBytes(from));
            using var process = Start(target.Name, seed, from, count, file, connection);
            var errors = process.StandardError.ReadToEndAsync();
            var lines = ReadAsync(process.StandardOutput, figures, findings);
            long largest = 0;
            var (number, since) = (-1, Stopwatch.GetTimestamp());
            string? killed = null;
            var ended = process.WaitForExitAsync();
            while (await Task.WhenAny(ended, Task.Delay(look)) != ended)
            {
                var current = await NumberAsync(file);
                if (current != number)
                    (number, since) = (current, Stopwatch.GetTimestamp());
                process.Refresh();
                if (process.HasExited)
                    continue;
                largest = Math.Max(largest, process.WorkingSet64);
                killed = largest > MaxWorkingSet ? $"The process grew to {largest / 1048576} MB."
                    : Stopwatch.GetElapsedTime(since) > (target.MaxTime * Patience) + TimeSpan.FromSeconds(30) ? "It hangs."
                    : null;
                if (killed is null)
                    continue;
                process.Kill(entireProcessTree: true);
                await ended;
                break;
            }

            await lines;
            if (killed is null && process.ExitCode == 0)
                return (from + count, largest, null);
            var at = await NumberAsync(file);
            return (at + 1, largest, new FuzzFinding(at, killed ?? $"The process ended with code {process.ExitCode}: {Characters.Shorten(await errors, 2000)}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(string name, int seed, int from, int count, string file, string? connection)
    {
        var program = PdfReaderCommand.OfThisProgram();
        var start = new ProcessStartInfo(program.FileName) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. program.Arguments, FuzzWorker.Argument, name, .. new[] { seed, from, count }.Select(static value => value.ToString(CultureInfo.InvariantCulture)), file])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        if (connection is not null)
            start.Environment[FuzzWorker.Connection] = connection;
        return Process.Start(start)!;
    }

    private static async Task ReadAsync(StreamReader output, FuzzFigures figures, List<FuzzFinding> findings)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("finding ", StringComparison.Ordinal))
                findings.Add(JsonSerializer.Deserialize<FuzzFinding>(line["finding ".Length..])!);
            else if (line.StartsWith("figures ", StringComparison.Ordinal))
                figures.Add(JsonSerializer.Deserialize<FuzzFigures>(line["figures ".Length..])!);
        }
    }

    private static async Task<int> NumberAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var number = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(number);
        return BitConverter.ToInt32(number);
    }

    private static Dictionary<string, string> Options(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in args.Chunk(2))
        {
            options[pair[0]] = pair is [("--target" or "--count" or "--seed" or "--from" or "--out"), var value]
                ? value
                : throw new ArgumentException($"fuzz: '{string.Join(' ', pair)}' is not understood; there are --target, --count, --seed, --from and --out, each with a value.", nameof(args));
        }

        return options;
    }
}
