using System.Globalization;
using Denoised.Tests.Summaries.Corruptions;
using Denoised.Tests.Summaries.Digests;

namespace Denoised.Benchmarks;

/// <summary>Prints what the checks of a summary catch of the faults put into digests that were written by hand, and what they object to in honest ones.</summary>
internal static class CorruptionReport
{
    public static int Run(string[] args)
    {
        var digests = DigestCorpus.Read();
        if (digests.Count == 0)
        {
            Console.Error.WriteLine("The real data is not on this machine.");
            return 1;
        }

        var seed = Array.IndexOf(args, "--seed") is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : CorruptionRun.DefaultSeed;
        foreach (var line in CorruptionRun.Of(digests, seed).Lines(args.Contains("--misses", StringComparer.Ordinal)))
            Console.WriteLine(line);
        return 0;
    }
}
