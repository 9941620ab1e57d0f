using Azure.Storage.Blobs;
using Denoised.Functions.Tests.EndToEnd;
using Denoised.LocalHost.Emulator;
using Denoised.LocalHost.Site;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.Storage;
using Denoised.Storage;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class EmulatorTests(AzuriteFixture azurite)
{
    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage(line);

    [Fact]
    public async Task The_emulator_keeps_its_data_in_a_folder_between_two_runs()
    {
        var folder = Directory.CreateTempSubdirectory("denoised-azurite-").FullName;
        try
        {
            await using (var first = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder }, Say, TestContext.Current.CancellationToken))
                await new BlobServiceClient(first.ConnectionString).GetBlobContainerClient("kept").CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

            await using var second = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder }, Say, TestContext.Current.CancellationToken);
            Assert.True(await new BlobServiceClient(second.ConnectionString).GetBlobContainerClient("kept").ExistsAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <param name="service">The storage service that fails.</param>
    /// <param name="name">The last path segment of the failing requests: a queue of the product's setup, or the container of the timer listener.</param>
    /// <param name="tries">The number of attempts that the storage client makes for a request.</param>
    [Theory]
    [Trait("Tier", "Long")]
    [InlineData(StorageService.Queue, QueueNames.Collections, 5)]
    [InlineData(StorageService.Blob, "azure-webjobs-hosts", 6)]
    public async Task The_product_retries_a_storage_failure_at_its_start(StorageService service, string name, int tries)
    {
        await using var proxy = await StorageProxy.StartAsync(azurite.TakeAccount(), TestContext.Current.CancellationToken);
        var asked = 0;
        proxy.FaultFor = request => request.Service == service && request.Path.EndsWith("/" + name, StringComparison.Ordinal) && Interlocked.Increment(ref asked) <= tries
            ? StorageFault.ServerBusy
            : null;

        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions(), TestContext.Current.CancellationToken);
        var address = arxiv.Address.ToString();

        await using var product = await ProductProcess.StartAsync(
            proxy.ConnectionString, TimeSpan.Zero, ("Arxiv__FeedAddress", address), ("Arxiv__ApiAddress", address), ("Arxiv__PageAddress", address));

        Assert.True(asked > tries, $"It was asked for {asked} times.");
        Assert.Contains("Storage does not answer", product.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_emulator_ends_when_the_pipe_to_its_parent_closes()
    {
        await NodePackages.EnsureInstalledAsync(AzuriteProcess.PackageFolder, Say, TestContext.Current.CancellationToken);
        using var process = NodeProgram.Start(
            "node", ["azurite.js", "--inMemoryPersistence", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"], AzuriteProcess.PackageFolder);
        for (var listening = 0; listening < 3;)
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            listening += line.Contains("successfully listen", StringComparison.Ordinal) ? 1 : 0;
        }

        // The operating system does the same when the parent process is killed.
        process.StandardInput.Close();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(limit.Token);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task The_error_reports_a_port_in_use()
    {
        await using var first = await AzuriteProcess.StartAsync(new AzuriteOptions(), Say, TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AzuriteProcess.StartAsync(new AzuriteOptions { BlobPort = first.BlobPort }, Say, TestContext.Current.CancellationToken));

        Assert.Contains("EADDRINUSE", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installer_refuses_a_folder_without_a_lock_file()
    {
        var folder = Directory.CreateTempSubdirectory("denoised-npm-").FullName;
        try
        {
            var e = await Assert.ThrowsAsync<InvalidOperationException>(() => NodePackages.EnsureInstalledAsync(folder, Say, TestContext.Current.CancellationToken));
            Assert.Contains(Path.Combine(folder, "package-lock.json"), e.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_build_runs_only_for_newer_sources_and_its_error_contains_the_output()
    {
        var folder = Directory.CreateTempSubdirectory("denoised-page-").FullName;
        try
        {
            var said = new List<string>();
            var build = new SiteBuild(folder, said.Add);
            Assert.Null(await build.EnsureBuiltAsync(TestContext.Current.CancellationToken));

            await WriteAsync("package.json", """{"name":"page","version":"0.0.0","private":true,"scripts":{"build":"node build.js"}}""");
            await WriteAsync("package-lock.json", """{"name":"page","version":"0.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"page","version":"0.0.0"}}}""");
            await WriteAsync("build.js", "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.appendFileSync('dist/index.html', 'x');");

            Assert.Equal(Path.Combine(folder, "dist"), await build.EnsureBuiltAsync(TestContext.Current.CancellationToken));
            Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(folder, "dist", "index.html"), TestContext.Current.CancellationToken));
            var lines = said.Count;
            await build.EnsureBuiltAsync(TestContext.Current.CancellationToken);
            Assert.Equal(lines, said.Count);

            Directory.CreateDirectory(Path.Combine(folder, "src"));
            await WriteAsync(Path.Combine("src", "main.ts"), "");
            File.SetLastWriteTimeUtc(Path.Combine(folder, "src", "main.ts"), DateTime.UtcNow.AddMinutes(1));
            await build.EnsureBuiltAsync(TestContext.Current.CancellationToken);
            Assert.Equal("xx", await File.ReadAllTextAsync(Path.Combine(folder, "dist", "index.html"), TestContext.Current.CancellationToken));
            Assert.Equal("Building the page ...", said[^1]);

            await WriteAsync("build.js", "console.error('a type is wrong'); process.exit(3);");
            var e = await Assert.ThrowsAsync<InvalidOperationException>(() => build.EnsureBuiltAsync(TestContext.Current.CancellationToken));
            Assert.Contains("a type is wrong", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
    }
}
