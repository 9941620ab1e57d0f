using Denoised.Arxiv.Calendar;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Tests.Storage;

namespace Denoised.Tests.Arxiv.Calendar;

public sealed class CollectionScheduleTests(StorageFixture storage)
{
    [Theory]
    [InlineData("0 20 5,13,21 * * *", 8)]
    [InlineData("0 0 6 * * *", 24)]
    [InlineData("0 0 */6 * * *", 6)]
    [InlineData("0 0 6,18 * * 1-5", 12)]
    [InlineData("0 */5 * * * *", 1)]
    [InlineData("0 0 6 * * 1", 168)]
    [InlineData(null, 8)]
    [InlineData("hourly", 8)]
    public async Task The_hours_between_two_updates_follow_from_the_schedule(string? schedule, int hours)
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, [new(CollectionSchedule.Setting, schedule)]);
        Assert.Equal(hours, product.Get<CollectionSchedule>().UpdateHours());
    }

    [Fact]
    public async Task The_site_index_contains_the_hours_between_two_updates()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, [new(CollectionSchedule.Setting, "0 0 6,18 * * *")]);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);

        await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);

        Assert.Equal(12, (await product.ReadSiteAsync()).Index!.UpdateHours);
    }
}
