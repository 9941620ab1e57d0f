using Azure.Storage.Blobs;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Publishing;

public sealed class UnreferencedFilesTests(StorageFixture storage)
{
    /// <summary>The hour of production, scaled below what the settings allow. The storage service counts whole seconds.</summary>
    private static readonly TimeSpan keep = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_file_is_kept_for_a_while_after_the_last_pointer_to_it_has_gone()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, register: services =>
            services.AddSingleton(Options.Create(new PublishingOptions { MinimumInterval = TimeSpan.Zero, KeepUnreferenced = keep })));
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var publisher = product.Get<DayPublisher>();

        await PublishAsync(1);
        var former = await FilesAsync();
        Assert.Equal(2, former.Count);

        // Long written when the pointer to them goes, they have only now become old.
        await UntilTrueAsync(now => now - former.Max(file => file.Modified) > keep);
        await publisher.RemoveUnreferencedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(former, await FilesAsync());
        var retired = await PublishAsync(2);
        Assert.Equal(4, (await FilesAsync()).Count);

        var removed = await UntilAsync(async _ =>
        {
            await publisher.RemoveUnreferencedAsync(TestContext.Current.CancellationToken);
            return (await FilesAsync()).Count == 2;
        });

        Assert.True(removed - retired >= keep, $"The files were removed {removed - retired} after they were retired.");
        Assert.Empty((await FilesAsync()).Select(file => file.Name).Intersect(former.Select(file => file.Name), StringComparer.Ordinal));
        Assert.Equal(2, (await product.ReadSiteAsync()).Papers[InventedRows.Day].Count);

        async Task<DateTimeOffset> PublishAsync(int number)
        {
            var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(number)], TestContext.Current.CancellationToken);
            var (_, _, now) = await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken);
            await publisher.PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);
            return now;
        }

        async Task<IReadOnlyList<(string Name, DateTimeOffset Modified)>> FilesAsync()
        {
            var files = await product.Get<SiteContainer>().ListAsync("data/days/", TestContext.Current.CancellationToken);
            return [.. files.Select(file => (file.Name, file.Modified))];
        }

        Task UntilTrueAsync(Func<DateTimeOffset, bool> isSo) => UntilAsync(now => Task.FromResult(isSo(now)));

        async Task<DateTimeOffset> UntilAsync(Func<DateTimeOffset, Task<bool>> isSo)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            while (true)
            {
                var (_, _, now) = await product.Get<SiteIndexFile>().ReadAsync(limit.Token);
                if (await isSo(now))
                    return (await product.Get<SiteIndexFile>().ReadAsync(limit.Token)).Now;
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }
        }
    }

    [Fact]
    public async Task A_file_that_is_pointed_to_again_is_not_removed()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, register: services =>
            services.AddSingleton(Options.Create(new PublishingOptions { MinimumInterval = TimeSpan.Zero, KeepUnreferenced = TimeSpan.Zero })));
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var site = product.Get<SiteContainer>();
        await site.WriteAsync("data/days/again.json", [1], "application/json", SiteContainer.Immutable, isGzip: false, TestContext.Current.CancellationToken);
        var listed = Assert.Single(await site.ListAsync("data/days/", TestContext.Current.CancellationToken));

        // Between the list and the removal somebody writes it anew, or retires it.
        await site.WriteAsync("data/days/again.json", [1], "application/json", SiteContainer.Immutable, isGzip: false, TestContext.Current.CancellationToken);
        await site.RemoveAsync(listed.Name, listed.ETag, TestContext.Current.CancellationToken);
        var again = Assert.Single(await site.ListAsync("data/days/", TestContext.Current.CancellationToken));

        await site.RetireAsync(again.Name, TestContext.Current.CancellationToken);
        await site.RemoveAsync(again.Name, again.ETag, TestContext.Current.CancellationToken);
        var retired = Assert.Single(await site.ListAsync("data/days/", TestContext.Current.CancellationToken));

        await site.RemoveAsync(retired.Name, retired.ETag, TestContext.Current.CancellationToken);
        Assert.Empty(await site.ListAsync("data/days/", TestContext.Current.CancellationToken));

        // What has gone already is no error.
        await site.RemoveAsync(retired.Name, retired.ETag, TestContext.Current.CancellationToken);
        await site.RetireAsync(retired.Name, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_the_blobs_say_to_browsers_is_set_on_them()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);
        var part = Assert.Single((await product.ReadSiteAsync()).Index!.Days[0].Parts);
        var container = product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site);

        Assert.Equal("no-cache", await CacheControlAsync(SiteIndexFile.Name));
        Assert.Equal("public, max-age=31536000, immutable", await CacheControlAsync("data/" + part.Cards));
        Assert.Equal("public, max-age=31536000, immutable", await CacheControlAsync("data/" + part.Details));

        async Task<string> CacheControlAsync(string name)
        {
            var properties = (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
            Assert.Equal(("application/json; charset=utf-8", "gzip"), (properties.ContentType, properties.ContentEncoding));
            return properties.CacheControl;
        }
    }
}
