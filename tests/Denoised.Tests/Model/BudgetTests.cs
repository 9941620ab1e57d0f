using Azure.Data.Tables;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;

namespace Denoised.Tests.Model;

public sealed class BudgetTests(StorageFixture storage)
{
    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_budget_for_100_papers_pays_for_100_and_the_next_days_for_the_others()
    {
        // The average cost of a paper, from a day without a budget.
        long perPaper;
        await using (var free = await ModelWorld.StartAsync(storage))
        {
            free.Announce(40);
            await free.CollectAsync();
            perPaper = free.Model.Calls.Where(call => call.PaperId is not null).Sum(call => (long)call.PromptTokens + call.CompletionTokens) / 40;
        }

        await using var world = await ModelWorld.StartAsync(
            storage, [new("Publishing:MinimumInterval", "00:00:02"), new("Summarizer:DailyTokenBudget", (perPaper * 100).ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        world.Announce(262);
        await world.CollectAsync();

        var rows = await world.ReadPaperRowsAsync(ModelWorld.Tuesday);
        Assert.InRange(Written(rows), 98, 102);
        Assert.All(rows.Where(row => row.Summary.Provenance.Method == SummaryMethod.Extractive), row =>
            Assert.Equal((PaperState.Summarized, FallbackReason.Budget, "The day's token budget is used up; the paper is taken up again when there is room."), (row.State, row.FallbackReason, row.Reason)));
        var status = await world.StatusAsync();
        Assert.Equal(262 - Written(rows), status.Backlog.OverBudget);
        Assert.InRange(status.Usage.Single().Input + status.Usage.Single().Output, perPaper * 98, perPaper * 100);
        Assert.Equal(world.Model.Calls.Count, Written(rows));

        // Later collections of the same day change nothing.
        var before = Written(rows);
        await world.CollectAsync();
        Assert.Equal(before, Written(await world.ReadPaperRowsAsync(ModelWorld.Tuesday)));

        await MakeItTomorrowAsync(world);
        await world.CollectAsync();
        Assert.InRange(Written(await world.ReadPaperRowsAsync(ModelWorld.Tuesday)), 197, 203);

        await MakeItTomorrowAsync(world);
        await world.CollectAsync();
        Assert.Equal(262, Written(await world.ReadPaperRowsAsync(ModelWorld.Tuesday)));
        Assert.All(world.Model.PaidCalls, paid => Assert.Equal(1, paid.Value));
    }

    [Fact]
    public async Task A_call_with_an_unknown_outcome_keeps_its_reservation()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Timeout", "00:00:01"), new("Summarizer:MaxAttempts", "1")]);
        world.Announce(1);
        world.Model.FaultFor = _ => OpenAiFault.ResponseLost;

        await world.CollectAsync();

        var used = Assert.Single(await world.Product.Get<TokenBudget>().ReadAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), (used.Tokens, used.Calls));
        Assert.True(used.Reserved > 0);
    }

    [Fact]
    public async Task Concurrent_reservations_never_exceed_the_budget_and_all_settle()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:DailyTokenBudget", "260000")]);
        await world.OnlyCollectAsync();
        var budgets = new[] { world.Product, world.Add(), world.Add() }.Select(instance => instance.Get<TokenBudget>()).ToList();

        // Before the first call of the day each reservation is 2,600 tokens: a hundred fit.
        var reservations = await Task.WhenAll(Enumerable.Range(0, 150).Select(number => budgets[number % 3].TryReserveAsync(stop)));
        var held = reservations.OfType<TokenReservation>().ToList();
        Assert.Equal(100, held.Count);
        Assert.Equal(260_000, (await budgets[0].ReadAllAsync(stop)).Single().Reserved);

        await Task.WhenAll(held.Select((reservation, number) => budgets[number % 3].SettleAsync(reservation, new TokenUsage(1000, 600, 300, 100), stop)));
        Assert.Equal(new DailyTokenUsage(held[0].Day, 100_000, 60_000, 30_000, 10_000, 100, 0, 0), (await budgets[0].ReadAllAsync(stop)).Single() with { CostUsd = 0 });
        Assert.Equal(100 * ((400 * 0.75) + (600 * 0.075) + (300 * 4.5)) / 1e6, (await budgets[0].ReadAllAsync(stop)).Single().CostUsd, precision: 9);
    }

    private static int Written(IReadOnlyList<PaperRow> rows) => rows.Count(row => row.Summary.Provenance.Method == SummaryMethod.Model);

    /// <summary>
    /// Moves today's usage to yesterday and restarts the product, because the clock of the storage service cannot be changed.
    /// </summary>
    private static async Task MakeItTomorrowAsync(ModelWorld world)
    {
        var stop = TestContext.Current.CancellationToken;
        var table = world.Product.Get<TableServiceClient>().GetTableClient(TableNames.Coordination);
        var used = await table.QueryAsync<TableEntity>("PartitionKey eq 'usage'", cancellationToken: stop).ToListAsync(stop);
        var days = used.Count;
        var today = used.MaxBy(row => row.RowKey, StringComparer.Ordinal)!;
        await table.DeleteEntityAsync(today, cancellationToken: stop);
        today.RowKey = ListingDay.Parse(today.RowKey).Date.AddDays(-days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await table.AddEntityAsync(today, stop);
        await world.RestartAsync();
    }
}
