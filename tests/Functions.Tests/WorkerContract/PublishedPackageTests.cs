namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The files of the published worker.</summary>
[Trait("Tier", "Long")]
public sealed class PublishedPackageTests
{
    [Fact]
    public async Task The_package_holds_the_worker_and_nothing_that_only_a_developer_needs()
    {
        var folder = Path.GetDirectoryName(await PublishedProgram.PathAsync())!;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToList();

        Assert.Superset(new HashSet<string>(["Denoised.Functions.dll", "Denoised.dll", "host.json", "worker.config.json", "functions.metadata", "extensions.json"]), files.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("LocalHost", StringComparison.OrdinalIgnoreCase) || file.Contains("azurite", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Denoised.xml", files);
        Assert.DoesNotContain("local.settings.json", files);
        // An apphost: `dotnet Denoised.Functions.dll` is what the host starts.
        Assert.DoesNotContain(files, file => file is "Denoised.Functions" or "Denoised.Functions.exe");
    }
}
