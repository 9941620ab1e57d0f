using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Denoised.Simulators;

namespace Denoised.Benchmarks;

/// <summary>
/// A reference workload: parses and serializes the listing of the real day of 17 March a hundred times in one thread. Divided by its time, a
/// figure can be compared between machines, and between hours of one machine that others share.
/// </summary>
internal static class ReferenceWorkload
{
    private const int Rounds = 100;

    /// <summary>Does the work.</summary>
    /// <returns>The time that its thread computed and the time that passed.</returns>
    /// <exception cref="DirectoryNotFoundException">The real listing days are not on this machine.</exception>
    public static ReferenceWorkloadTime Measure()
    {
        var listings = RealData.Find("arxiv/listings") ?? throw new DirectoryNotFoundException("The real listing days (../shared/data/arxiv/listings, or below DENOISED_REAL_DATA) are not on this machine.");
        var lines = File.ReadAllLines(Path.Combine(listings, "listing_2026-03-17.jsonl"));

        // Once for the compiler, which goes on in the background after the first rounds.
        for (var round = 0; round < Rounds; round++)
            Round(lines);
        using var process = Process.GetCurrentProcess();
        var computed = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
            Round(lines);
        var wall = watch.Elapsed;
        process.Refresh();
        return new ReferenceWorkloadTime(process.TotalProcessorTime - computed, wall);
    }

    private static void Round(string[] lines)
    {
        foreach (var line in lines)
            _ = JsonNode.Parse(line)!.ToJsonString();
    }
}

/// <summary>The duration of the reference workload.</summary>
/// <param name="Computed">Processor time.</param>
/// <param name="Wall">Time that passed.</param>
internal readonly record struct ReferenceWorkloadTime(TimeSpan Computed, TimeSpan Wall)
{
    /// <summary>Half of what two measurements took together: before and after what is compared.</summary>
    public static ReferenceWorkloadTime Mean(ReferenceWorkloadTime before, ReferenceWorkloadTime after) =>
        new((before.Computed + after.Computed) / 2, (before.Wall + after.Wall) / 2);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"reference workload {Wall.TotalSeconds:0.00} s, {Computed.TotalSeconds:0.00} s of CPU time");
}
