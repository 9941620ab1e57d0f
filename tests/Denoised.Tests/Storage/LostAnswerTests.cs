

using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Simulators.Storage;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Storage;

/// <summary>
/// A write that was carried out, whose answer was lost: the client library repeats it, and the service refuses it because of itself. Nobody may take
/// that for somebody else's write.
/// </summary>
public sealed class LostAnswerTests(StorageFixture storage)
{
    /// <summary>Long enough to be renewed in time on a busy machine.</summary>
    private static readonly TimeSpan leaseDuration = TimeSpan.FromSeconds(6);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageFault.AnswerLost)]
    [InlineData(StorageFault.TimedOutAfterWrite)]
    public async Task A_rows_write_that_met_itself_counts_as_written(StorageFault fault)
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var table = product.Get<PaperTable>();
        await table.InsertAsync([InventedRows.Row(1)], Stop);
        var (row, _) = await table.ReadAsync(InventedRows.Day, InventedRows.Row(1).Paper.Id, Stop);

        proxy.Faults.FailNext(fault);
        var written = await table.TryWriteAsync(row! with { Reason = "first" }, Stop);
        Assert.Equal(1, proxy.Faults.Counts[fault]);

        // It is the row as it stands there: what is written next is not refused, and what was read before is.
        Assert.NotNull(await table.TryWriteAsync(written! with { Reason = "second" }, Stop));
        Assert.Null(await table.TryWriteAsync(row! with { Reason = "third" }, Stop));
        Assert.Equal("second", (await table.ReadAsync(row!.Day, row.Paper.Id, Stop)).Row!.Reason);
    }

    [Fact]
    public async Task A_write_that_is_refused_was_not_ours()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var table = product.Get<PaperTable>();
        await table.InsertAsync([InventedRows.Row(1)], Stop);
        var (row, _) = await table.ReadAsync(InventedRows.Day, InventedRows.Row(1).Paper.Id, Stop);

        proxy.Faults.FailNext(StorageFault.ConditionNotMet);
        Assert.Null(await table.TryWriteAsync(row! with { Reason = "first" }, Stop));
        Assert.Null((await table.ReadAsync(row!.Day, row.Paper.Id, Stop)).Row!.Reason);
    }

    [Fact]
    public async Task A_batch_that_met_itself_tells_all_its_rows()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var table = product.Get<PaperTable>();
        var rows = Enumerable.Range(1, 5).Select(number => InventedRows.Row(number)).ToList();
        await table.InsertAsync(rows, Stop);

        proxy.Faults.FailNext(StorageFault.AnswerLost);
        var written = await table.UpdateManyAsync(
            InventedRows.Day, rows.Select(row => row.Paper.Id).ToHashSet(), (row, _) => row.Reason is null ? row with { Reason = "changed" } : null, Stop);
        Assert.Equal(1, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Equal(5, written.Count);
        Assert.All(written, row => Assert.Equal((null, "changed"), (row.Former.Reason, row.Written.Reason)));
    }

    [Fact]
    public async Task An_insert_that_met_itself_is_there_once()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var rows = Enumerable.Range(1, 5).Select(number => InventedRows.Row(number)).ToList();
        proxy.Faults.FailNext(StorageFault.AnswerLost);
        var claims = await product.Get<PaperDayTable>().ClaimAsync([.. rows.Select(row => row.Paper.Id)], InventedRows.Day, Stop);
        Assert.All(claims.Values, claimed => Assert.Equal(InventedRows.Day, claimed));

        proxy.Faults.FailNext(StorageFault.AnswerLost);
        await product.Get<PaperTable>().InsertAsync(rows, Stop);
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Equal(5, (await product.Get<PaperTable>().ReadDayAsync(InventedRows.Day, Stop)).Count);
    }

    [Fact]
    public async Task What_a_collection_left_half_done_is_made_whole_by_a_few_requests()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var (claims, papers) = (product.Get<PaperDayTable>(), product.Get<PaperTable>());
        var rows = Enumerable.Range(1, 262).Select(number => InventedRows.Row(number)).ToList();
        var ids = rows.ConvertAll(row => row.Paper.Id);
        var (half, later) = (150, new ListingDay(InventedRows.Day.Date.AddDays(1)));
        await claims.ClaimAsync([.. ids.Take(half)], InventedRows.Day, Stop);
        await papers.InsertAsync([.. rows.Take(half).Select(row => row with { Reason = "former" })], Stop);

        // 262 papers are three batches of claims and six of rows: of each one is refused, and says what is there, and one has what was missing.
        var before = proxy.Requests;
        var claimed = await claims.ClaimAsync(ids, later, Stop);
        Assert.InRange(proxy.Requests - before, 3, 3 * 3);
        Assert.Equal(ids.Select((_, place) => place < half ? InventedRows.Day : later), ids.Select(id => claimed[id]));

        before = proxy.Requests;
        await papers.InsertAsync(rows, Stop);
        Assert.InRange(proxy.Requests - before, 6, 6 * 3);
        var held = await papers.ReadDayAsync(InventedRows.Day, Stop);
        Assert.Equal((262, half), (held.Count, held.Count(row => row.Reason == "former")));

        before = proxy.Requests;
        proxy.Faults.FailNext(StorageFault.AnswerLost);
        await papers.UpdateManyAsync(InventedRows.Day, ids.ToHashSet(), (row, _) => row with { Reason = "changed" }, Stop);
        Assert.InRange(proxy.Requests - before, 8, 8 + 3);
    }

    [Fact]
    public async Task A_lease_that_met_itself_is_held_and_stays_held()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var leases = product.Get<SharedLeases>();

        // The first makes the row, the second takes one that was given back.
        for (var time = 1; time <= 2; time++)
        {
            proxy.Faults.FailNext(StorageFault.AnswerLost);
            await using var lease = await leases.TryAcquireAsync("a test's", leaseDuration, Stop);
            Assert.NotNull(lease);
            Assert.Null(await leases.TryAcquireAsync("a test's", leaseDuration, Stop));

            // The renewal, too, loses its answer, and the one after that must find the lease its own.
            proxy.Faults.FailNext(StorageFault.AnswerLost, times: 2);
            await UntilAsync(() => proxy.Faults.Counts[StorageFault.AnswerLost] == time * 3);
            await Task.Delay(leaseDuration / 2, Stop);
            Assert.False(lease.Lost.IsCancellationRequested);
            Assert.Null(await leases.TryAcquireAsync("a test's", leaseDuration, Stop));
        }

        // Given back in between.
        await using var last = await leases.TryAcquireAsync("a test's", leaseDuration, Stop);
        Assert.NotNull(last);
    }

    [Fact]
    public async Task A_lease_that_is_given_back_while_it_is_renewed_is_free_at_once()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var leases = product.Get<SharedLeases>();
        await using (await leases.TryAcquireAsync("a test's", leaseDuration, Stop))
        {
            var renewing = false;
            proxy.FaultFor = request =>
            {
                renewing |= request.Method is "PUT" or "PATCH" or "MERGE";
                return null;
            };
            await UntilAsync(() => renewing);
        }

        await using var next = await leases.TryAcquireAsync("a test's", leaseDuration, Stop);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Tokens_are_counted_once()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        await using var other = Product.On(product.Connection, arxiv: null);
        var (budget, another) = (product.Get<TokenBudget>(), other.Get<TokenBudget>());
        var reservations = new List<TokenReservation>();
        for (var call = 1; call <= 3; call++)
        {
            proxy.Faults.FailNext(StorageFault.AnswerLost);
            reservations.Add((await budget.TryReserveAsync(Stop))!);
            reservations.Add((await another.TryReserveAsync(Stop))!);
        }

        Assert.Equal(3, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Equal(reservations.Sum(reservation => reservation.Tokens), Assert.Single(await another.ReadAllAsync(Stop)).Reserved);

        foreach (var reservation in reservations)
        {
            proxy.Faults.FailNext(StorageFault.TimedOutAfterWrite);
            await budget.SettleAsync(reservation, new TokenUsage(100, 0, 20, 0), Stop);
        }

        var usage = Assert.Single(await another.ReadAllAsync(Stop));
        Assert.Equal((600, 120, 6, 0), (usage.In, usage.Out, usage.Calls, usage.Reserved));
    }

    [Fact]
    public async Task A_file_that_met_itself_counts_as_written_and_anothers_does_not()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var site = product.Get<SiteContainer>();
        proxy.Faults.FailNext(StorageFault.AnswerLost);
        Assert.True(await site.TryWriteAsync("data/index.json", [1, 2, 3], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
        var (_, etag, _) = await site.ReadAsync("data/index.json", Stop);

        proxy.Faults.FailNext(StorageFault.AnswerLost);
        Assert.True(await site.TryWriteAsync("data/index.json", [4, 5, 6], "application/json", SiteContainer.Revalidate, isGzip: false, etag, Stop));
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.False(await site.TryWriteAsync("data/index.json", [7, 8, 9], "application/json", SiteContainer.Revalidate, isGzip: false, etag, Stop));
        Assert.Equal([4, 5, 6], (await site.ReadAsync("data/index.json", Stop)).Content!.ToArray());
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_file_of_which_no_answer_came_counts_as_written_where_it_is_there()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var site = product.Get<SiteContainer>();

        // Each of the client library's five attempts.
        proxy.Faults.FailNext(StorageFault.AnswerLost, times: 5);
        Assert.True(await site.TryWriteAsync("data/index.json", [1, 2, 3], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
        Assert.Equal(5, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Equal([1, 2, 3], (await site.ReadAsync("data/index.json", Stop)).Content!.ToArray());

        proxy.Faults.FailNext(StorageFault.ConnectionReset, times: 5);
        await Assert.ThrowsAnyAsync<Exception>(() => site.TryWriteAsync("data/other.json", [1], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
    }

    [Fact]
    public async Task A_day_whose_index_was_written_without_an_answer_is_published_and_not_deferred()
    {
        await using var proxy = await ProxyAsync();
        await using var product = Product.On(proxy.ConnectionString, arxiv: null, [new("Publishing:MinimumInterval", "00:10:00")]);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], Stop);
        proxy.FaultFor = request => request is { Service: StorageService.Blob, Method: "PUT" } && request.Path.EndsWith(DayPublisher.IndexName, StringComparison.Ordinal) && proxy.Faults.Total < 5
            ? StorageFault.AnswerLost
            : null;

        Assert.Null(await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), Stop));

        Assert.Equal(5, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Single((await product.ReadSiteAsync()).Papers[InventedRows.Day]);
    }

    [Fact]
    public async Task A_summary_that_was_written_without_an_answer_is_told_to_its_day()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Days);
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // From the moment of the answer, each of the client library's five attempts to write the row.
        proxy.FaultFor = request => world.Model.Calls.Any(call => call.EndedAt is not null) && request is { Service: StorageService.Table, Method: "PUT" or "PATCH" }
            && request.Path.Contains("papers(", StringComparison.Ordinal) && proxy.Faults.Total < 5
            ? StorageFault.AnswerLost
            : null;
        await world.DeliverAsync(1, instance);

        Assert.Equal(5, proxy.Faults.Counts[StorageFault.AnswerLost]);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Summary.Provenance.Method));
        Assert.Single(world.Model.Calls);
        Assert.Equal(1, await world.Product.CountMessagesAsync(QueueNames.Days));
    }

    [Fact]
    public async Task A_summary_whose_write_met_itself_is_told_to_its_day()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Days);
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // The lease first, then the answer's write.
        proxy.FaultFor = request => request is { Service: StorageService.Table, Method: "PUT" or "PATCH" } && request.Path.Contains("papers(", StringComparison.Ordinal) && proxy.Faults.Total < 2 ? StorageFault.AnswerLost : null;
        await world.DeliverAsync(1, instance);
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.AnswerLost]);

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Single(world.Model.Calls);
        Assert.Equal(1, await world.Product.CountMessagesAsync(QueueNames.Days));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task What_was_paid_for_is_stored_though_storage_is_away_for_longer_than_the_client_librarys_patience()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // From the moment of the answer, the row's write and the budget's are refused; seven times are more than one request is made.
        proxy.FaultFor = request => world.Model.Calls.Any(call => call.EndedAt is not null) && request is { Service: StorageService.Table, IsConditional: true, IsWrite: true } && proxy.Faults.Total < 14
            ? StorageFault.ServerBusy
            : null;
        await world.DeliverAsync(1, instance);
        Assert.Equal(14, proxy.Faults.Counts[StorageFault.ServerBusy]);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Summary.Provenance.Method));
        Assert.Single(world.Model.Calls);
    }

    [Fact]
    public async Task A_collection_that_died_and_is_then_put_off_still_sends_what_it_had_not_sent()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Collect:LeaseDuration", "00:00:01")]);
        world.Announce(3);
        await world.OnlyCollectAsync();

        // It has died after it had written the rows: their messages were never sent.
        await world.ForgetMessagesAsync(QueueNames.Papers);
        var queues = world.Product.Get<CollectionHandler>();
        await using (await world.Product.Get<SharedLeases>().TryAcquireAsync("collection", TimeSpan.FromSeconds(30), Stop))
            await queues.CollectAsync("", dequeueCount: 2, Stop);

        await world.WorkAsync(isDone: async () => (await world.RowsAsync(ModelWorld.Tuesday)).All(row => row.IsFinal));
        Assert.All(await world.RowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
    }

    private static async Task<Product> ProductAsync(StorageProxy proxy)
    {
        var product = Product.On(proxy.ConnectionString, arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        return product;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var limit = DateTime.UtcNow.AddMinutes(2);
        while (!holds())
        {
            Assert.True(DateTime.UtcNow < limit, "It did not happen within two minutes.");
            await Task.Delay(20, Stop);
        }
    }

    private async Task<StorageProxy> ProxyAsync() => await StorageProxy.StartAsync(storage.TakeAccount(), Stop);
}
