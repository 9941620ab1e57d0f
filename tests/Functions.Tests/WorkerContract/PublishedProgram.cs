using System.Diagnostics;
using Denoised.LocalHost.Settings;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The program in its deployed form: published from these sources, or the one in <c>DENOISED_WORKER_PROGRAM</c>.</summary>
internal static class PublishedProgram
{
    private const string Given = "DENOISED_WORKER_PROGRAM";

    private static readonly Lazy<Task<string>> program = new(FindOrPublishAsync);

    /// <summary>The path of <c>Denoised.Functions.dll</c>. Publishes once, if the sources are newer.</summary>
    /// <exception cref="InvalidOperationException">Publishing failed. The message contains the output of the build.</exception>
    public static Task<string> PathAsync() => program.Value;

    private static async Task<string> FindOrPublishAsync()
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
            return given;

        var folder = Path.Combine(Repository.Root, "src", "Functions", "obj", "published");
        var path = Path.Combine(folder, "Denoised.Functions.dll");
        var stamp = Path.Combine(folder, ".published");
        var newest = Sources().Max(File.GetLastWriteTimeUtc);
        if (File.Exists(path) && File.Exists(stamp) && File.GetLastWriteTimeUtc(stamp) > newest)
            return path;

        var began = DateTime.UtcNow;
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine("src", "Functions"), "-c", "Release", "-o", folder, "--nologo"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"The program could not be published:{Environment.NewLine}{output}");

        // The stamp has the start time of the build, so a source that changes during the build is newer than the stamp.
        await File.WriteAllTextAsync(stamp, "");
        File.SetLastWriteTimeUtc(stamp, began);
        return path;
    }

    private static IEnumerable<string> Sources()
    {
        var projects = new[] { "Denoised", "Functions" }.Select(project => Path.Combine(Repository.Root, "src", project));
        return projects.SelectMany(folder => Directory.EnumerateFiles(folder))
            .Concat(projects.SelectMany(folder => Directory.EnumerateDirectories(folder))
                .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src")))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*.props"));
    }
}
