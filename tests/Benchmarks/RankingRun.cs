using System.Diagnostics;
using Denoised.Simulators;

namespace Denoised.Benchmarks;

/// <summary>Measures the order "For you" by running the page's own code (<c>frontend/dev/ranking.ts</c>) on real listings.</summary>
internal static class RankingRun
{
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["dev/run.mjs", "dev/ranking.ts"]) { WorkingDirectory = RepositoryFolder.PathOf("frontend") };
        using var node = Process.Start(start)!;
        await node.WaitForExitAsync(cancellationToken);
        return node.ExitCode;
    }
}
