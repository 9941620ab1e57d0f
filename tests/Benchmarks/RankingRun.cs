using System.Diagnostics;

namespace Denoised.Benchmarks;

/// <summary>Measures the order "For you" by running the page's own code (<c>frontend/dev/ranking.ts</c>) on real listings.</summary>
internal static class RankingRun
{
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var frontend = new DirectoryInfo(AppContext.BaseDirectory);
        while (frontend is not null && !File.Exists(Path.Combine(frontend.FullName, "Functions.sln")))
            frontend = frontend.Parent;
        if (frontend is null)
        {
            await Console.Error.WriteLineAsync("The repository was not found above the program.");
            return 1;
        }

        var start = new ProcessStartInfo("node", ["dev/run.mjs", "dev/ranking.ts"]) { WorkingDirectory = Path.Combine(frontend.FullName, "frontend") };
        using var node = Process.Start(start)!;
        await node.WaitForExitAsync(cancellationToken);
        return node.ExitCode;
    }
}
