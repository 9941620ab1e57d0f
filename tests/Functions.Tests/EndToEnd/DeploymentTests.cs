using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Denoised.Functions.Tests.LocalHost;
using Denoised.LocalHost.Settings;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The part of <c>azd deploy</c> after the template: the hooks of azure.yaml in their order, on an empty account.</summary>
public sealed partial class DeploymentTests(AzuriteFixture azurite)
{
    private const int Papers = 8;
    private const string PublisherCommand = "dotnet run --project src/Publisher --";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData("sh")]
    [InlineData("pwsh")]
    public async Task The_hooks_deploy_a_page_with_papers_to_an_empty_account(string shell)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, OperatingSystem.IsWindows() ? $"{shell}.exe" : shell))), $"{shell} is not installed.");
        var folder = Directory.CreateTempSubdirectory("denoised-deployment-").FullName;
        try
        {
            CopyPage(folder);
            var account = azurite.TakeAccount();
            var other = azurite.TakeAccount();
            var morning = new DateTimeOffset(2026, 3, 17, 5, 20, 0, TimeSpan.Zero);
            await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = DateOnly.FromDateTime(morning.UtcDateTime) }, Stop);
            await using var model = await OpenAiSimulator.StartAsync(ct: Stop);
            InventedListing.Announce(arxiv, Papers);

            // The functions run before the page exists, and have no work until a hook requests a collection.
            await using var product = await ProductProcess.StartAsync(
                account,
                morning - TimeProvider.System.GetUtcNow(),
                ("Arxiv__FeedAddress", arxiv.Address.ToString()),
                ("Arxiv__ApiAddress", arxiv.Address.ToString()),
                ("Arxiv__PageAddress", arxiv.Address.ToString()),
                ("Summarizer__Endpoint", model.Endpoint.ToString()),
                ("Summarizer__Key", "a key for a simulator"),
                ("CollectSchedule", "0 0 0 1 1 *"),
                ("LocalHost__BuildPage", "false"));

            var hooks = await HooksAsync();
            Assert.Equal(5, hooks.Count);
            var said = "";
            foreach (var hook in hooks)
                said = await RunAsync(shell, hook, folder, account, other, product.Site);
            Assert.Contains("The first collection begins", said, StringComparison.Ordinal);
            Assert.Contains($"The page: {product.Site}", said, StringComparison.Ordinal);

            await product.WaitForAsync(
                status => status.GetProperty("days").EnumerateArray().Any(day => day.GetProperty("shown").GetInt32() == Papers && day.GetProperty("pending").GetInt32() == 0 && day.GetProperty("extractive").GetInt32() == 0),
                TimeSpan.FromMinutes(5));
            using var reader = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = product.Site };
            await Eventually.TrueAsync(async () => (await reader.GetStringAsync("", Stop)).Contains("Bell Towers That Tell Time, Number 8", StringComparison.Ordinal), "the front page shows the papers");
            foreach (Match asset in Asset().Matches(await reader.GetStringAsync("", Stop)))
                Assert.NotEmpty(await reader.GetByteArrayAsync(asset.Value, Stop));

            // Files for clients other than browsers are uncompressed, regardless of the Accept-Encoding header.
            using var plain = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = product.Site };
            foreach (var (name, beginning) in new[] { ("feed.atom", "<?xml"), ("feed.json", "{"), ("robots.txt", "User-agent"), ("sitemap.xml", "<?xml") })
            {
                using var response = await plain.GetAsync(name, Stop);
                if (name == "sitemap.xml" && response.StatusCode == HttpStatusCode.NotFound)
                    continue; // The product writes it only if the site's address is set.
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Empty(response.Content.Headers.ContentEncoding);
                Assert.StartsWith(beginning, (await response.Content.ReadAsStringAsync(Stop)).TrimStart('\uFEFF'), StringComparison.Ordinal);
            }

            // A second `azd deploy` without changes.
            said = await RunAsync(shell, hooks[^1], folder, account, other, product.Site);
            Assert.StartsWith("0 files uploaded", said[said.IndexOf("0 files", StringComparison.Ordinal)..], StringComparison.Ordinal);
            Assert.Contains("pages of the newest day are being made anew", said, StringComparison.Ordinal);

            // The publisher has written nothing to the account of the variable that other tools read.
            await foreach (var container in new BlobServiceClient(other).GetBlobContainersAsync(cancellationToken: Stop))
                Assert.Fail($"The container {container.Name} was written to an account that nobody named.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(new[] { "frontend/dist" }, 1, "The variable AZURE_STORAGE_BLOB_ENDPOINT is missing.")]
    [InlineData(new string[0], 2, "Usage: dotnet run --project src/Publisher -- <folder of the built page")]
    public async Task The_publisher_reports_missing_arguments_and_settings(string[] arguments, int exitCode, string message)
    {
        var (code, output) = await RunPublisherAsync(arguments, Path.GetTempPath(), []);
        Assert.Equal(exitCode, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static void CopyPage(string folder)
    {
        // The page's build includes the embedded model.
        foreach (var name in (string[])["global.json", "infra/prepare.mjs", "src/Denoised/Embeddings/model.bin"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.Copy(Path.Combine(Repository.Root, name), Path.Combine(folder, name));
        }

        var from = Path.Combine(Repository.Root, "frontend");
        string[] generated = ["node_modules", "dist", "measure"];
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, path);
            if (generated.Contains(name.Split(Path.DirectorySeparatorChar)[0], StringComparer.Ordinal))
                continue;
            var copy = Path.Combine(folder, "frontend", name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    /// <summary>The commands of the hooks, in the order of azd.</summary>
    private static async Task<List<string>> HooksAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "azure.yaml"), Stop);
        var runs = lines.Select(line => Run().Match(line)).Where(match => match.Success).Select(match => match.Groups["command"].Value).ToList();

        // Each command occurs twice, for posix and for Windows. Another test checks that both are equal.
        return [.. runs.Where((_, place) => place % 2 == 0)];
    }

    private static async Task<string> RunAsync(string shell, string hook, string folder, string account, string other, Uri site)
    {
        (string, string)[] environment = [("DENOISED_STORAGE_CONNECTION_STRING", account), ("AZURE_STORAGE_CONNECTION_STRING", other), ("DENOISED_SITE_ADDRESS", site.ToString())];

        // Runs the publisher that was built with the tests.
        var (code, output) = hook.StartsWith(PublisherCommand, StringComparison.Ordinal)
            ? await RunPublisherAsync([.. hook[PublisherCommand.Length..].Trim().Split(' ')], folder, environment)
            : await RunProgramAsync(new ProcessStartInfo(shell, [shell == "pwsh" ? "-Command" : "-c", hook]), folder, environment);
        Assert.True(code == 0, $"{hook} ended with {code}:{Environment.NewLine}{output}");
        return output;
    }

    private static Task<(int Code, string Output)> RunPublisherAsync(string[] arguments, string folder, (string Name, string Value)[] environment) =>
        RunProgramAsync(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Denoised.Publisher.dll"), .. arguments]), folder, environment);

    internal static async Task<(int Code, string Output)> RunProgramAsync(ProcessStartInfo start, string folder, (string Name, string Value)[] environment)
    {
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var run = Process.Start(start)!;
        var output = run.StandardOutput.ReadToEndAsync(Stop);
        var errors = run.StandardError.ReadToEndAsync(Stop);
        await run.WaitForExitAsync(Stop);
        return (run.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"^\s+run: (?<command>.+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Run();

    [GeneratedRegex("(?<=(?:src|href)=\")/assets/[^\"]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();
}
