using System.Diagnostics;
using Denoised.LocalHost.Emulator;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Site;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The page's sources and its npm scripts.</summary>
internal static class Frontend
{
    private static readonly string folder = Path.Combine(Repository.Root, "frontend");

    private static readonly Lazy<Task> built = new(BuildAsync);

    /// <summary>Installs the packages and builds the page, once for all tests, if its sources are newer than the build.</summary>
    public static Task EnsureBuiltAsync() => built.Value;

    /// <summary>Runs a script of package.json; fails the test if the script fails.</summary>
    public static async Task RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["run", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var run = Process.Start(start)!;
        var output = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, $"npm run {string.Join(' ', arguments)} ended with {run.ExitCode}:{Environment.NewLine}{await output}{await errors}");
    }

    private static async Task BuildAsync()
    {
        // A page that is built already needs no packages, but its scripts do: another test must not install them meanwhile.
        await NodePackages.EnsureInstalledAsync(folder, static _ => { }, CancellationToken.None);
        await new SiteBuild(folder, static _ => { }).EnsureBuiltAsync(CancellationToken.None);
    }
}
