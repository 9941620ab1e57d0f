using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Publishing;
using Denoised.Simulators;
using Denoised.Storage;
using Denoised.Tests.Infra;
using Denoised.Tests.Storage;

namespace Denoised.Tests.Publishing;

/// <summary>Releases of the page on the way into the site. A release here is the real template with assets of few bytes.</summary>
public sealed partial class SitePublisherTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_release_brings_an_empty_page_and_asks_for_papers()
    {
        await using var product = await NewAsync(storage.TakeAccount());
        using var release = new Release(1);
        var publication = await product.Get<SitePublisher>().PublishAsync(release.Folder, Stop);

        Assert.Equal(new SitePublication(IsFirst: true, Uploaded: Release.Files + 2, Unchanged: 0, Removed: 0), publication);
        Assert.Equal((1, 0), await MessagesAsync(product));
        Assert.Equal(1, await ReadAsync(product));

        // What browsers alone load is compressed; everything else is as anybody can read it.
        var script = await HeadersAsync(product, "assets/index-1.js");
        Assert.Equal(("gzip", "text/javascript; charset=utf-8", SiteContainer.Immutable), script);
        Assert.Equal(("gzip", "text/javascript; charset=utf-8", SiteContainer.Revalidate), await HeadersAsync(product, "sw.js"));
        Assert.Equal(("gzip", "application/manifest+json", SiteContainer.Revalidate), await HeadersAsync(product, "site.webmanifest"));
        Assert.Equal((null, "image/png", SiteContainer.Revalidate), await HeadersAsync(product, "icon-192.png"));
        Assert.Equal((null, "text/plain; charset=utf-8", SiteContainer.Revalidate), await HeadersAsync(product, "robots.txt"));
        Assert.Equal("User-agent: *\n", (await BlobAsync(product, "robots.txt")).ToString());
    }

    [Fact]
    public async Task The_same_release_once_more_uploads_nothing()
    {
        await using var product = await NewAsync(storage.TakeAccount());
        using var release = new Release(1);
        await product.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
        await PublishDayAsync(product, 1);
        await product.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
        var before = await VersionsAsync(product);

        var publication = await product.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
        Assert.Equal(new SitePublication(IsFirst: false, Uploaded: 0, Unchanged: Release.Files + 2, Removed: 0), publication);
        Assert.Equal(before, await VersionsAsync(product));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_release_that_dies_between_any_two_writes_leaves_a_page_that_works()
    {
        var account = storage.TakeAccount();
        await using var product = await NewAsync(account);
        using var first = new Release(1);
        await product.Get<SitePublisher>().PublishAsync(first.Folder, Stop);
        await PublishDayAsync(product, 1);

        var writes = 0;
        for (var isComplete = false; !isComplete; writes++)
        {
            Assert.True(writes < 100, "No release completes.");
            using var release = new Release(writes + 2);
            await using (var crashing = Product.On(account, arxiv: null, register: new CrashPolicy(writes).Register(account)))
            {
                try
                {
                    await crashing.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
                    isComplete = true;
                }
                catch (Exception exception) when (IsSimulatedCrash(exception))
                {
                    // As intended.
                }
            }

            // The page that is there works, and the one that is made of whatever the pointer names.
            var shown = await ReadAsync(product);
            Assert.InRange(shown, 1, writes + 2);
            await PublishDayAsync(product, writes + 2);
            Assert.InRange(await ReadAsync(product), shown, writes + 2);

            await product.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
            await PublishDayAsync(product, 100 + writes);
            Assert.Equal(writes + 2, await ReadAsync(product));
        }

        Assert.True(writes > Release.Files, $"There were only {writes} writes to crash at.");
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Releases_at_once_while_days_are_published_leave_one_of_them_whole()
    {
        var account = storage.TakeAccount();
        await using var product = await NewAsync(account);
        using var one = new Release(1);
        using var two = new Release(2);
        using var three = new Release(3);
        await product.Get<SitePublisher>().PublishAsync(one.Folder, Stop);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var reading = ReadOnAsync();
        var publishing = PublishDaysAsync();
        await Task.WhenAll(new[] { two, three }.Select(async release =>
        {
            await using var publisher = Product.On(account, arxiv: null);
            await publisher.Get<SitePublisher>().PublishAsync(release.Folder, Stop);
        }));
        await publishing;
        await PublishDayAsync(product, 50);
        await done.CancelAsync();
        Assert.True(await reading > 5, "The page was hardly read meanwhile.");
        Assert.InRange(await ReadAsync(product), 2, 3);

        async Task PublishDaysAsync()
        {
            for (var number = 1; number <= 10; number++)
                await PublishDayAsync(product, number);
        }

        // At every moment the page that is served has all that it names.
        async Task<int> ReadOnAsync()
        {
            var times = 0;
            for (; !done.IsCancellationRequested; times++)
                Assert.InRange(await ReadAsync(product), 1, 3);
            return times;
        }
    }

    [Fact]
    public async Task Assets_of_former_releases_are_removed_after_a_week_but_never_while_a_page_names_them()
    {
        var account = storage.TakeAccount();
        await using var product = await NewAsync(account);
        var publisher = product.Get<SitePublisher>();
        publisher.AssetRetention = TimeSpan.FromSeconds(-1);
        using var one = new Release(1);
        using var two = new Release(2);
        using var three = new Release(3);
        await publisher.PublishAsync(one.Folder, Stop);
        await PublishDayAsync(product, 1);

        // The pages are still those of the first release: what it needs stays, however old.
        await publisher.PublishAsync(two.Folder, Stop);
        Assert.Equal(0, (await publisher.PublishAsync(three.Folder, Stop)).Removed);
        Assert.Equal(1, await ReadAsync(product));

        await PublishDayAsync(product, 2);
        Assert.Equal(3, await ReadAsync(product));
        Assert.Equal(2, (await publisher.PublishAsync(three.Folder, Stop)).Removed);
        Assert.Equal(["assets/common.js", "assets/index-3.js"], (await product.Get<SiteContainer>().ListAsync("assets/", Stop)).Select(file => file.Name));

        // A release that comes back brings its assets again.
        publisher.AssetRetention = TimeSpan.FromDays(7);
        await publisher.PublishAsync(one.Folder, Stop);
        await PublishDayAsync(product, 3);
        Assert.Equal(1, await ReadAsync(product));
    }

    [Fact]
    public async Task Templates_of_former_releases_are_removed_after_a_week_the_current_one_never()
    {
        var account = storage.TakeAccount();
        await using var product = await NewAsync(account);
        var publisher = product.Get<SitePublisher>();
        using var one = new Release(1);
        using var two = new Release(2);
        await publisher.PublishAsync(one.Folder, Stop);
        await publisher.PublishAsync(two.Folder, Stop);
        Assert.Equal(2, (await TemplatesAsync()).Count);

        publisher.AssetRetention = TimeSpan.FromSeconds(-1);
        await publisher.PublishAsync(two.Folder, Stop);
        await publisher.PublishAsync(two.Folder, Stop);
        Assert.Single(await TemplatesAsync());
        await PublishDayAsync(product, 1);
        Assert.Equal(2, await ReadAsync(product));

        // A release that comes back brings its template again.
        await publisher.PublishAsync(one.Folder, Stop);
        await PublishDayAsync(product, 2);
        Assert.Equal(1, await ReadAsync(product));

        async Task<List<string>> TemplatesAsync()
        {
            var names = new List<string>();
            await foreach (var blob in product.Get<Azure.Storage.Blobs.BlobServiceClient>().GetBlobContainerClient("templates").GetBlobsAsync(cancellationToken: Stop))
                names.Add(blob.Name);
            return [.. names.Where(name => name.EndsWith(".html", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task A_folder_without_a_page_is_named()
    {
        await using var product = await NewAsync(storage.TakeAccount());
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var exception = await Assert.ThrowsAsync<FileNotFoundException>(() => product.Get<SitePublisher>().PublishAsync(folder, Stop));
        Assert.Equal($"There is no built page in {folder}: index.html is missing. 'npm run build --prefix frontend' builds it into frontend/dist.", exception.Message);
    }

    private static bool IsSimulatedCrash(Exception exception) =>
        exception is CrashPolicy.SimulatedCrashException || exception.InnerException is CrashPolicy.SimulatedCrashException || (exception as AggregateException)?.InnerExceptions.Any(IsSimulatedCrash) is true;

    private static async Task<Product> NewAsync(string account)
    {
        var product = Product.On(account, arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        return product;
    }

    private static async Task PublishDayAsync(Product product, int number)
    {
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(number)], Stop);
        await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), Stop);
    }

    /// <summary>Loads the front page with everything that it names.</summary>
    /// <returns>The number of its release.</returns>
    private static async Task<int> ReadAsync(Product product)
    {
        var html = await TextAsync(product, "index.html");
        var release = AssetName().Match(html);
        Assert.True(release.Success, "The page names no script.");
        Assert.Equal($"release {release.Groups["number"].Value}", await TextAsync(product, release.Value));
        await TextAsync(product, "assets/common.js");
        return int.Parse(release.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> TextAsync(Product product, string name)
    {
        await using var gzip = new GZipStream((await BlobAsync(product, name)).ToStream(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }

    private static async Task<BinaryData> BlobAsync(Product product, string name) =>
        (await product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site).GetBlobClient(name).DownloadContentAsync(Stop)).Value.Content;

    private static async Task<(string? Encoding, string Type, string Cache)> HeadersAsync(Product product, string name)
    {
        var properties = (await product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site).GetBlobClient(name).GetPropertiesAsync(cancellationToken: Stop)).Value;
        return (properties.ContentEncoding, properties.ContentType, properties.CacheControl);
    }

    private static async Task<(int Collections, int Days)> MessagesAsync(Product product)
    {
        var queues = product.Get<QueueServiceClient>();
        return (await CountAsync(QueueNames.Collections), await CountAsync(QueueNames.Days));

        async Task<int> CountAsync(string name) => (await queues.GetQueueClient(name).GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount;
    }

    private static async Task<List<(string Name, string ETag)>> VersionsAsync(Product product)
    {
        var versions = new List<(string, string)>();
        foreach (var container in ContainerNames.All)
        {
            await foreach (var blob in product.Get<BlobServiceClient>().GetBlobContainerClient(container).GetBlobsAsync(cancellationToken: Stop))
                versions.Add(($"{container}/{blob.Name}", blob.Properties.ETag!.Value.ToString()));
        }

        return versions;
    }

    [GeneratedRegex("assets/index-(?<number>[0-9]+)\\.js", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AssetName();

    /// <summary>A built page in a folder of its own.</summary>
    private sealed class Release : IDisposable
    {
        /// <summary>All files but the template.</summary>
        public const int Files = 7;

        public Release(int number)
        {
            Write("index.html", File.ReadAllText(RepositoryFolder.PathOf("frontend", "index.html")).Replace("/src/main.ts", $"/assets/index-{number}.js", StringComparison.Ordinal));
            Write($"assets/index-{number}.js", $"release {number}");
            Write("assets/common.js", "the same in all");
            Write("404.html", $"<!doctype html><title>Gone {number}</title>");
            Write("sw.js", $"// {number}");
            Write("site.webmanifest", "{}");
            Write("icon-192.png", "no picture");
            Write("robots.txt", "User-agent: *\n");
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("denoised-release-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        private void Write(string name, string text)
        {
            var path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
