using System.Diagnostics.Metrics;
using Denoised.Collecting;

namespace Denoised.Tests.Model;

/// <summary>Status and metrics before and after the retirement of a model.</summary>
public sealed class RetiredModelTests(StorageFixture storage)
{
    private const int Announced = 7;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_six_hours_the_metric_counts_papers_that_wait_for_a_removed_model()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Deployment", "removed")]);
        world.Announce(Announced);
        await world.OnlyCollectAsync();
        await world.DeliverAsync(1);
        Assert.Null(await ShareAsync(world));

        world.Product.Time.MoveTo(world.Product.Time.GetUtcNow().AddHours(8));
        Assert.Equal(1, await ShareAsync(world));
    }

    [Fact]
    public async Task A_later_collection_records_the_share_of_papers_without_a_model_summary()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(Announced);
        await world.OnlyCollectAsync();
        await world.DeliverAsync(1);
        var measured = new System.Collections.Concurrent.ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "denoised.papers.extractive")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => measured.Enqueue(value));
        listener.Start();

        world.Product.Time.MoveTo(world.Product.Time.GetUtcNow().AddHours(8));
        await world.OnlyCollectAsync();

        // Other tests of this process may record the same metric, for other numbers of papers.
        Assert.Contains((Announced - 1.0) / Announced, measured);
        await world.WorkAsync();
        Assert.Equal(0, await ShareAsync(world));
    }

    [Fact]
    public async Task Without_a_model_the_metric_has_no_value()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Endpoint", "")]);
        world.Announce(1);
        await world.OnlyCollectAsync();
        world.Product.Time.MoveTo(world.Product.Time.GetUtcNow().AddHours(8));
        Assert.Null(await ShareAsync(world));
    }

    // The test clock is at 05:20 on 17 March 2026.
    [Theory]
    [InlineData("2026-06-15", true)]
    [InlineData("2026-06-16", false)]
    [InlineData("2026-03-01", true)]
    [InlineData("", false)]
    public async Task The_status_shows_the_retirement_date_from_90_days_before(string setting, bool isShown)
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:ModelRetiresOn", setting)]);
        Assert.Equal(isShown ? setting : null, (await world.StatusAsync()).ModelRetiresOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task<double?> ShareAsync(ModelWorld world) => world.Product.Get<ModelCoverage>().FindExtractiveShareAsync(Stop);
}
