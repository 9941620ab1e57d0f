using Denoised.Simulators.Arxiv;
using Denoised.Storage;

namespace Denoised.Tests;

public sealed class ProductTests(StorageFixture storage)
{
    [Fact]
    public async Task Forgetting_leases_also_deletes_the_rows_of_the_rate_limits()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        await using var product = Product.On(storage.TakeAccount(), arxiv);
        await product.CollectAsync();
        Assert.NotEmpty(await product.DumpTableAsync(TableNames.Coordination));

        await product.ForgetLeasesAsync();

        Assert.DoesNotContain(await product.DumpTableAsync(TableNames.Coordination), row => row.Contains("rate-limits|", StringComparison.Ordinal));
    }
}
