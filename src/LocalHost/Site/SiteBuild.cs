using Denoised.LocalHost.Emulator;

namespace Denoised.LocalHost.Site;

/// <summary>Builds the page out of its sources when they are newer than what was built last.</summary>
/// <param name="folder">The folder of the sources, with package.json; the page is built into its <c>dist</c>.</param>
/// <param name="say">Told what is happening, when something is.</param>
internal sealed class SiteBuild(string folder, Action<string> say)
{
    private static readonly string[] notSources = ["node_modules", "dist"];

    /// <summary>The folder of the built page, built if it had to be; null where there are no sources.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or the build failed; the message has what it printed.</exception>
    public async Task<string?> EnsureBuiltAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "package.json")))
            return null;
        var dist = Path.Combine(folder, "dist");
        if (IsCurrent(dist))
            return dist;

        await NodePackages.EnsureInstalledAsync(folder, say, cancellationToken);
        say("Building the page ...");
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
