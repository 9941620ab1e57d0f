using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Simulators.Storage;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Storage;

/// <summary>
/// Writes that succeed but whose response is lost. The client library repeats the request, and the service rejects it because the first attempt has
/// changed the row. The product must not take this for a write by another instance.
/// </summary>
public sealed class LostResponseTests(StorageFixture storage)
{
    /// <summary>Long enough for a renewal in time on a busy machine.</summary>
    private static readonly TimeSpan leaseDuration = TimeSpan.FromSeconds(6);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageFault.ResponseLost)]
    [InlineData(StorageFault.TimedOutAfterWrite)]
    public async Task A_row_write_rejected_because_of_its_first_attempt_counts_as_written(StorageFault fault)
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var table = product.Get<PaperTable>();
        await table.InsertAsync([InventedRows.Row(1)], Stop);
        var (row, _) = await table.ReadAsync(InventedRows.Day, InventedRows.Row(1).Paper.Id, Stop);

        proxy.Faults.FailNext(fault);
        var written = await table.TryWriteAsync(row! with { Reason = "first" }, Stop);
        Assert.Equal(1, proxy.Faults.Counts[fault]);

        // The returned row has the current ETag: the next write with it succeeds, and a write with the earlier row fails.
        Assert.NotNull(await table.TryWriteAsync(written! with { Reason = "second" }, Stop));
        Assert.Null(await table.TryWriteAsync(row! with { Reason = "third" }, Stop));
        Assert.Equal("second", (await table.ReadAsync(row!.Day, row.Paper.Id, Stop)).Row!.Reason);
    }

    [Fact]
    public async Task A_rejected_first_attempt_counts_as_not_written()
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
    public async Task A_batch_rejected_because_of_its_first_attempt_returns_all_its_rows()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var table = product.Get<PaperTable>();
        var rows = Enumerable.Range(1, 5).Select(number => InventedRows.Row(number)).ToList();
        await table.InsertAsync(rows, Stop);

        proxy.Faults.FailNext(StorageFault.ResponseLost);
        var written = await table.UpdateManyAsync(
            InventedRows.Day, rows.Select(row => row.Paper.Id).ToHashSet(), (row, _) => row.Reason is null ? row with { Reason = "changed" } : null, Stop);
        Assert.Equal(1, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Equal(5, written.Count);
        Assert.All(written, row => Assert.Equal((null, "changed"), (row.Previous.Reason, row.Written.Reason)));
    }

    [Fact]
    public async Task An_insert_rejected_because_of_its_first_attempt_inserts_once()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var rows = Enumerable.Range(1, 5).Select(number => InventedRows.Row(number)).ToList();
        proxy.Faults.FailNext(StorageFault.ResponseLost);
        var claims = await product.Get<PaperDayTable>().ClaimAsync([.. rows.Select(row => row.Paper.Id)], InventedRows.Day, Stop);
        Assert.All(claims.Values, claimed => Assert.Equal(InventedRows.Day, claimed));

        proxy.Faults.FailNext(StorageFault.ResponseLost);
        await product.Get<PaperTable>().InsertAsync(rows, Stop);
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Equal(5, (await product.Get<PaperTable>().ReadDayAsync(InventedRows.Day, Stop)).Count);
    }

    [Fact]
    public async Task An_interrupted_collection_is_completed_with_few_requests()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var (claims, papers) = (product.Get<PaperDayTable>(), product.Get<PaperTable>());
        var rows = Enumerable.Range(1, 262).Select(number => InventedRows.Row(number)).ToList();
        var ids = rows.ConvertAll(row => row.Paper.Id);
        var (half, later) = (150, new ListingDay(InventedRows.Day.Date.AddDays(1)));
        await claims.ClaimAsync([.. ids.Take(half)], InventedRows.Day, Stop);
        await papers.InsertAsync([.. rows.Take(half).Select(row => row with { Reason = "previous" })], Stop);

        // 262 papers need three batches of claims and six of rows. Each batch costs at most three requests: one rejected, one read, one with the missing rows.
        var before = proxy.Requests;
        var claimed = await claims.ClaimAsync(ids, later, Stop);
        Assert.InRange(proxy.Requests - before, 3, 3 * 3);
        Assert.Equal(ids.Select((_, place) => place < half ? InventedRows.Day : later), ids.Select(id => claimed[id]));

        before = proxy.Requests;
        await papers.InsertAsync(rows, Stop);
        Assert.InRange(proxy.Requests - before, 6, 6 * 3);
        var held = await papers.ReadDayAsync(InventedRows.Day, Stop);
        Assert.Equal((262, half), (held.Count, held.Count(row => row.Reason == "previous")));

        before = proxy.Requests;
        proxy.Faults.FailNext(StorageFault.ResponseLost);
        await papers.UpdateManyAsync(InventedRows.Day, ids.ToHashSet(), (row, _) => row with { Reason = "changed" }, Stop);
        Assert.InRange(proxy.Requests - before, 8, 8 + 3);
    }

    [Fact]
    public async Task A_lease_acquired_despite_a_lost_response_is_held_and_renewed()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var leases = product.Get<SharedLeases>();

        // Long enough that a busy machine does not delay a renewal beyond the end of the lease.
        var duration = TimeSpan.FromSeconds(20);

        // The first acquisition inserts the row, the second updates the row of a released lease.
        for (var time = 1; time <= 2; time++)
        {
            proxy.Faults.FailNext(StorageFault.ResponseLost);
            await using var lease = await leases.TryAcquireAsync("a test's", duration, Stop);
            Assert.NotNull(lease);
            Assert.Null(await leases.TryAcquireAsync("a test's", duration, Stop));

            // The renewal loses its response, too. The next renewal must recognise the lease as its own.
            proxy.Faults.FailNext(StorageFault.ResponseLost, times: 2);
            await UntilAsync(() => proxy.Faults.Counts[StorageFault.ResponseLost] == time * 3);
            await Task.Delay(duration / 2, Stop);
            Assert.False(lease.Lost.IsCancellationRequested);
            Assert.Null(await leases.TryAcquireAsync("a test's", duration, Stop));
        }

        // The lease was released in between.
        await using var last = await leases.TryAcquireAsync("a test's", duration, Stop);
        Assert.NotNull(last);
    }

    [Fact]
    public async Task A_lease_released_during_a_renewal_is_free_at_once()
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
    public async Task A_lost_response_does_not_count_tokens_twice()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        await using var other = Product.On(product.Connection, arxiv: null);
        var (budget, another) = (product.Get<TokenBudget>(), other.Get<TokenBudget>());
        var reservations = new List<TokenReservation>();
        for (var call = 1; call <= 3; call++)
        {
            proxy.Faults.FailNext(StorageFault.ResponseLost);
            reservations.Add((await budget.TryReserveAsync(Stop))!);
            reservations.Add((await another.TryReserveAsync(Stop))!);
        }

        Assert.Equal(3, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Equal(reservations.Sum(reservation => reservation.Tokens), Assert.Single(await another.ReadAllAsync(Stop)).Reserved);

        foreach (var reservation in reservations)
        {
            proxy.Faults.FailNext(StorageFault.TimedOutAfterWrite);
            await budget.SettleAsync(reservation, new TokenUsage(100, 0, 20, 0), Stop);
        }

        var usage = Assert.Single(await another.ReadAllAsync(Stop));
        Assert.Equal((600, 120, 6, 0), (usage.Input, usage.Output, usage.Calls, usage.Reserved));
    }

    [Fact]
    public async Task Only_a_file_write_rejected_because_of_its_first_attempt_succeeds()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var site = product.Get<SiteContainer>();
        proxy.Faults.FailNext(StorageFault.ResponseLost);
        Assert.True(await site.TryWriteAsync("data/index.json", [1, 2, 3], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
        var (_, etag, _) = await site.ReadAsync("data/index.json", Stop);

        proxy.Faults.FailNext(StorageFault.ResponseLost);
        Assert.True(await site.TryWriteAsync("data/index.json", [4, 5, 6], "application/json", SiteContainer.Revalidate, isGzip: false, etag, Stop));
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.False(await site.TryWriteAsync("data/index.json", [7, 8, 9], "application/json", SiteContainer.Revalidate, isGzip: false, etag, Stop));
        Assert.Equal([4, 5, 6], (await site.ReadAsync("data/index.json", Stop)).Content!.ToArray());
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_file_without_any_response_counts_as_written_if_it_exists()
    {
        await using var proxy = await ProxyAsync();
        await using var product = await ProductAsync(proxy);
        var site = product.Get<SiteContainer>();

        // All five attempts of the client library fail.
        proxy.Faults.FailNext(StorageFault.ResponseLost, times: 5);
        Assert.True(await site.TryWriteAsync("data/index.json", [1, 2, 3], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
        Assert.Equal(5, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Equal([1, 2, 3], (await site.ReadAsync("data/index.json", Stop)).Content!.ToArray());

        proxy.Faults.FailNext(StorageFault.ConnectionReset, times: 5);
        await Assert.ThrowsAnyAsync<Exception>(() => site.TryWriteAsync("data/other.json", [1], "application/json", SiteContainer.Revalidate, isGzip: false, default, Stop));
    }

    [Fact]
    public async Task A_lost_response_to_the_index_write_does_not_defer_the_publication()
    {
        await using var proxy = await ProxyAsync();
        await using var product = Product.On(proxy.ConnectionString, arxiv: null, [new("Publishing:MinimumInterval", "00:10:00")]);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], Stop);
        proxy.FaultFor = request => request is { Service: StorageService.Blob, Method: "PUT" } && request.Path.EndsWith(SiteIndexFile.Name, StringComparison.Ordinal) && proxy.Faults.Total < 5
            ? StorageFault.ResponseLost
            : null;

        Assert.Null(await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), Stop));

        Assert.Equal(5, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Single((await product.ReadSiteAsync()).Papers[InventedRows.Day]);
    }

    [Fact]
    public async Task A_summary_written_without_any_response_enqueues_its_day()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Days);
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // After the model response, all five attempts of the client library to write the row lose their response.
        proxy.FaultFor = request => world.Model.Calls.Any(call => call.EndedAt is not null) && request is { Service: StorageService.Table, Method: "PUT" or "PATCH" }
            && request.Path.Contains("papers(", StringComparison.Ordinal) && proxy.Faults.Total < 5
            ? StorageFault.ResponseLost
            : null;
        await world.DeliverAsync(1, instance);

        Assert.Equal(5, proxy.Faults.Counts[StorageFault.ResponseLost]);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Summary.Provenance.Method));
        Assert.Single(world.Model.Calls);
        Assert.Equal(1, await world.Product.CountMessagesAsync(QueueNames.Days));
    }

    [Fact]
    public async Task A_summary_write_rejected_because_of_its_first_attempt_enqueues_its_day()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Days);
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // The faults hit the write of the lease and then the write of the summary.
        proxy.FaultFor = request => request is { Service: StorageService.Table, Method: "PUT" or "PATCH" } && request.Path.Contains("papers(", StringComparison.Ordinal) && proxy.Faults.Total < 2 ? StorageFault.ResponseLost : null;
        await world.DeliverAsync(1, instance);
        Assert.Equal(2, proxy.Faults.Counts[StorageFault.ResponseLost]);

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Single(world.Model.Calls);
        Assert.Equal(1, await world.Product.CountMessagesAsync(QueueNames.Days));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_paid_summary_is_stored_after_an_outage_longer_than_the_client_retries()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        world.Announce(1);
        await world.OnlyCollectAsync();
        var instance = world.Add(("AzureWebJobsStorage", proxy.ConnectionString));

        // After the model response, the writes of the row and of the budget fail seven times each. One request has fewer attempts than that.
        proxy.FaultFor = request => world.Model.Calls.Any(call => call.EndedAt is not null) && request is { Service: StorageService.Table, IsConditional: true, IsWrite: true } && proxy.Faults.Total < 14
            ? StorageFault.ServerBusy
            : null;
        await world.DeliverAsync(1, instance);
        Assert.Equal(14, proxy.Faults.Counts[StorageFault.ServerBusy]);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Summary.Provenance.Method));
        Assert.Single(world.Model.Calls);
    }

    [Fact]
    public async Task A_crashed_collection_sends_its_missing_messages_after_a_deferral()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Collect:LeaseDuration", "00:00:01")]);
        world.Announce(3);
        await world.OnlyCollectAsync();

        // The collection crashed after it had written the rows, so it never sent their messages.
        await world.ForgetMessagesAsync(QueueNames.Papers);
        var queues = world.Product.Get<CollectionHandler>();
        await using (await world.Product.Get<SharedLeases>().TryAcquireAsync("collection", TimeSpan.FromSeconds(30), Stop))
            await queues.CollectAsync("", dequeueCount: 2, Stop);

        await world.WorkAsync(isDone: async () => (await world.ReadPaperRowsAsync(ModelWorld.Tuesday)).All(row => row.IsFinal));
        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
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
