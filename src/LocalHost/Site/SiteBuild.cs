using Denoised.LocalHost.Emulator;

namespace Denoised.LocalHost.Site;

/// <summary>Builds the page if its sources are newer than the latest build.</summary>
/// <param name="folder">The source folder, with package.json; the build writes to its <c>dist</c> folder.</param>
/// <param name="writeLine">Receives progress messages.</param>
internal sealed class SiteBuild(string folder, Action<string> writeLine)
{
    private static readonly string[] notSources = ["node_modules", "dist"];

    /// <summary>Builds the page if necessary and returns the output folder; null if there are no sources.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or the build failed; the message contains its output.</exception>
    public async Task<string?> EnsureBuiltAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "package.json")))
            return null;
        var dist = Path.Combine(folder, "dist");
        if (IsCurrent(dist))
            return dist;

        await NodePackages.EnsureInstalledAsync(folder, writeLine, cancellationToken);
        writeLine("Building the page ...");
        var (exitCode, output) = await NodeProgram.RunAsync("npm", ["run", "build"], folder, cancellationToken);
        if (exitCode != 0)
            throw new InvalidOperationException($"'npm run build' in {folder} ended with {exitCode}:{Environment.NewLine}{output}");
        if (!Directory.Exists(dist))
            throw new InvalidOperationException($"'npm run build' in {folder} succeeded, but made no folder {dist}.");
        return dist;
    }

    private bool IsCurrent(string dist)
    {
        if (!Directory.Exists(dist))
            return false;
        var built = Directory.EnumerateFiles(dist, "*", SearchOption.AllDirectories).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.MinValue).Max();
        var top = new DirectoryInfo(folder);
        var sources = top.EnumerateFiles()
            .Concat(top.EnumerateDirectories()
                .Where(below => !notSources.Contains(below.Name, StringComparer.OrdinalIgnoreCase))
                .SelectMany(below => below.EnumerateFiles("*", SearchOption.AllDirectories)));
        return sources.All(source => source.LastWriteTimeUtc <= built);
    }
}
