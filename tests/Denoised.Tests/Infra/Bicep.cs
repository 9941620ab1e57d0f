using System.Reflection;
using System.Text.Json;
using Denoised.Simulators;

namespace Denoised.Tests.Infra;

/// <summary>The Bicep compiler of the NuGet package. Works offline, because it contains the types of all resources.</summary>
internal static class Bicep
{
    // Arbitrary; resource names contain a hash of it.
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private const string Tenant = "00000000-0000-0000-0000-000000000002";

    private static readonly Lazy<Task<JsonDocument>> template = new(CompileOnceAsync);

    private static string Program
    {
        get
        {
            var folder = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BicepFolder").Value!;
            return Path.Combine(folder, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
        }
    }

    public static Task<ToolRun> RunAsync(string folder, CancellationToken cancellation, params IEnumerable<string> arguments) =>
        ToolRun.RunAsync(Program, folder, arguments, cancellation);

    /// <summary>Compares the deployment of a parameter file with the snapshot beside it, or writes the snapshot (<paramref name="mode"/> overwrite).</summary>
    public static Task<ToolRun> SnapshotAsync(string parameterFile, string mode, CancellationToken cancellation) =>
        RunAsync(
            Path.GetDirectoryName(parameterFile)!,
            cancellation,
            "snapshot", Path.GetFileName(parameterFile), "--mode", mode, "--subscription-id", Subscription, "--tenant-id", Tenant);

    /// <summary>main.bicep with its modules as an ARM template; compiled once.</summary>
    public static Task<JsonDocument> CompileAsync() => template.Value;

    private static async Task<JsonDocument> CompileOnceAsync()
    {
        var run = await RunAsync(RepositoryFolder.PathOf("infra"), CancellationToken.None, "build", "main.bicep", "--stdout");
        return JsonDocument.Parse(run.WithoutDiagnostics().Output);
    }
}
