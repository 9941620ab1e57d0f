using System.IO.Compression;
using System.Net;
using Denoised.Functions.Tests.LocalHost;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The files of the published worker.</summary>
[Trait("Tier", "Long")]
public sealed class PublishedPackageTests(AzuriteFixture azurite)
{
    // azd zips the published folder, and the plan unzips it on Linux. A zip file from Windows contains no file permissions.
    [Fact]
    public async Task The_package_starts_after_zipping_and_unzipping()
    {
        var stop = TestContext.Current.CancellationToken;
        var published = Path.GetDirectoryName(await PublishedProgram.PathAsync())!;
        var folder = Directory.CreateTempSubdirectory("denoised-package-").FullName;
        try
        {
            var zip = Path.Combine(folder, "package.zip");
            await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create, stop))
            {
                foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
                {
                    var entry = await archive.CreateEntryFromFileAsync(file, Path.GetRelativePath(published, file).Replace('\\', '/'), stop);
                    entry.ExternalAttributes = 0;
                }
            }

            var unzipped = Path.Combine(folder, "wwwroot");
            await ZipFile.ExtractToDirectoryAsync(zip, unzipped, stop);
            await using var host = await WarmWorker.StartAsync(ContractSettings.For(azurite.TakeAccount()), stop, Path.Combine(unzipped, "Denoised.Functions.dll"));
            using var http = new HttpClient { BaseAddress = host.Address };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("api/status", UriKind.Relative), stop)).StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_package_contains_the_worker_and_no_development_files()
    {
        var folder = Path.GetDirectoryName(await PublishedProgram.PathAsync())!;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToList();

        Assert.Superset(new HashSet<string>(["Denoised.Functions.dll", "Denoised.dll", "host.json", "worker.config.json", "functions.metadata", "extensions.json"]), files.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("LocalHost", StringComparison.OrdinalIgnoreCase) || file.Contains("azurite", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Denoised.xml", files);
        Assert.DoesNotContain("local.settings.json", files);
        // No apphost, because the host starts `dotnet Denoised.Functions.dll`.
        Assert.DoesNotContain(files, file => file is "Denoised.Functions" or "Denoised.Functions.exe");
    }
}
