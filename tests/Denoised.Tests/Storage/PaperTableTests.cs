using CsCheck;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Tests.Storage;

public sealed class PaperTableTests(StorageFixture storage)
{
    private static readonly Gen<string> ids = Gen.Frequency(
        (1, Gen.Select(Gen.Int[7, 99], Gen.Int[1, 12], Gen.Int[0, 99_999]).Select((year, month, number) => $"{year:00}{month:00}.{number:00000}")),
        (1, Gen.Select(Gen.Int[7, 14], Gen.Int[1, 12], Gen.Int[0, 9_999]).Select((year, month, number) => $"{year:00}{month:00}.{number:0000}")),
        (1, Gen.Select(Gen.OneOf(Gen.Const("math"), Gen.Const("hep-th"), Gen.Const("astro-ph"), Gen.Const("cs"), Gen.Const("cond-mat")), Gen.Int[0, 99], Gen.Int[1, 12], Gen.Int[0, 999])
            .Select((archive, year, month, number) => $"{archive}/{year:00}{month:00}{number:000}")));

    [Fact]
    public void A_row_key_is_valid_and_parses_back_to_the_identifier() => ids.Sample(text =>
    {
        var id = ArxivId.Parse(text);
        Assert.Equal(id, ArxivId.FromKey(id.Key));
        Assert.Equal(text, ArxivId.FromKey(id.Key).Value);
        Assert.DoesNotContain(id.Key, static letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter));
        Assert.Equal(id.Key, Uri.EscapeDataString(id.Key));
    });

    [Fact]
    public async Task A_row_round_trips_through_the_table()
    {
        var table = await TableAsync();
        var written = InventedRows.Row(7) with
        {
            Paper = InventedRows.Row(7).Paper with
            {
                Id = ArxivId.Parse("hep-th/9901001"),
                Version = 3,
                Authors = [.. Enumerable.Range(1, 5000).Select(number => $"Author {number}")],
                Published = new DateTimeOffset(2026, 3, 16, 17, 59, 59, TimeSpan.Zero),
                Comment = "Invented; $\\alpha$ \"quoted\" <b>",
            },
            AnnounceType = AnnounceType.ReplaceCross,
            Enriched = false,
            ReplacedOn = ListingDay.Parse("2026-03-18"),
            Retracted = true,
            State = PaperState.Failed,
            FallbackReason = FallbackReason.Unverified,
            Reason = "It was invented.",
            Attempts = 5,
            Deferrals = 2,
            NotBefore = new DateTimeOffset(2026, 3, 17, 6, 0, 0, TimeSpan.Zero),
            LeaseOwner = "somebody",
            LeaseEnd = new DateTimeOffset(2026, 3, 17, 6, 8, 0, TimeSpan.Zero),
            Affiliations = ["University of Nowhere", "Hochschule für Erfundenes"],
            Previous = [new PreviousSummary(InventedRows.Row(7).Summary, "a new version", new DateTimeOffset(2026, 3, 17, 7, 0, 0, TimeSpan.Zero))],
        };

        await table.InsertAsync([written], TestContext.Current.CancellationToken);
        var (read, now) = await table.ReadAsync(written.Day, written.Paper.Id, TestContext.Current.CancellationToken);

        Assert.Equivalent(written with { ETag = read!.ETag, Timestamp = read.Timestamp, WriteId = read.WriteId }, read, strict: true);
        Assert.InRange(now - read.Timestamp, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
        var progress = Assert.Single(await table.ReadProgressAsync(written.Day, TestContext.Current.CancellationToken));
        Assert.Equal(
            (written.Paper.Id, 3, PaperState.Failed, FallbackReason.Unverified, "It was invented.", 5, written.NotBefore, written.LeaseEnd, false, false, true, SummaryMethod.Extractive),
            (progress.Id, progress.Version, progress.State, progress.FallbackReason, progress.Reason, progress.Attempts, progress.NotBefore, progress.LeaseEnd, progress.Enriched, progress.Sample, progress.Retracted, progress.Method));
    }

    [Fact]
    public async Task A_row_written_before_affiliations_existed_has_none()
    {
        var table = await TableAsync();
        var written = InventedRows.Row(7);
        await table.InsertAsync([written], TestContext.Current.CancellationToken);

        var (read, _) = await table.ReadAsync(written.Day, written.Paper.Id, TestContext.Current.CancellationToken);

        Assert.Empty(read!.Affiliations);
    }

    [Fact]
    public async Task Inserting_does_not_change_existing_rows()
    {
        var table = await TableAsync();
        await table.InsertAsync([InventedRows.Row(3, title: "The first"), InventedRows.Row(60, title: "The first")], TestContext.Current.CancellationToken);

        // The rows need several batches over two days. Both batches of the first day contain an existing row.
        var other = ListingDay.Parse("2026-03-18");
        await table.InsertAsync([.. Enumerable.Range(1, 120).Select(number => InventedRows.Row(number)), InventedRows.Row(200, other)], TestContext.Current.CancellationToken);

        var rows = await table.ReadDayAsync(InventedRows.Day, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 120), rows.Select(row => row.Position));
        Assert.Equal([3, 60], rows.Where(row => row.Paper.Title == "The first").Select(row => row.Position));
        Assert.Single(await table.ReadDayAsync(other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Rows_that_exceed_the_size_of_a_batch_are_split_into_several()
    {
        var table = await TableAsync();
        var random = new byte[40_000];
        var rows = Enumerable.Range(1, 50).Select(number =>
        {
            System.Security.Cryptography.RandomNumberGenerator.Fill(random);
            var row = InventedRows.Row(number);
            return row with { Paper = row.Paper with { Comment = Convert.ToHexString(random) } };
        }).ToList();

        await table.InsertAsync(rows, TestContext.Current.CancellationToken);

        Assert.Equal(rows.Select(row => row.Paper.Comment), (await table.ReadDayAsync(InventedRows.Day, TestContext.Current.CancellationToken)).Select(row => row.Paper.Comment));
    }

    [Fact]
    public async Task A_write_does_not_overwrite_a_change_by_another_instance()
    {
        var table = await TableAsync();
        await table.InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        var id = InventedRows.Row(1).Paper.Id;
        var mine = (await table.ReadAsync(InventedRows.Day, id, TestContext.Current.CancellationToken)).Row!;
        var theirs = await table.TryWriteAsync(mine with { Attempts = 1 }, TestContext.Current.CancellationToken);

        Assert.Null(await table.TryWriteAsync(mine with { Attempts = 9 }, TestContext.Current.CancellationToken));
        Assert.Equal(1, (await table.ReadAsync(InventedRows.Day, id, TestContext.Current.CancellationToken)).Row!.Attempts);

        // The write returned the row in its current state.
        Assert.NotNull(await table.TryWriteAsync(theirs! with { Attempts = 2 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_write_does_not_restore_a_purged_row()
    {
        var table = await TableAsync();
        await table.InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        var id = InventedRows.Row(1).Paper.Id;
        var row = (await table.ReadAsync(InventedRows.Day, id, TestContext.Current.CancellationToken)).Row!;
        await table.DeleteDayAsync(InventedRows.Day, TestContext.Current.CancellationToken);

        Assert.Null(await table.TryWriteAsync(row, TestContext.Current.CancellationToken));
        Assert.Null(await table.UpdateAsync(InventedRows.Day, id, (former, _) => former, TestContext.Current.CancellationToken));
        Assert.Empty(await table.ReadDaysAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UpdateMany_changes_exactly_the_requested_rows()
    {
        var table = await TableAsync();
        await table.InsertAsync([.. Enumerable.Range(1, 140).Select(number => InventedRows.Row(number))], TestContext.Current.CancellationToken);
        var asked = Enumerable.Range(11, 120).Where(number => number != 60).Select(number => InventedRows.Row(number).Paper.Id).ToHashSet();
        var looked = new HashSet<ArxivId>();

        var written = await table.UpdateManyAsync(
            InventedRows.Day, asked, (row, _) => looked.Add(row.Paper.Id) && row.Position != 20 ? row with { Attempts = 3 } : null, TestContext.Current.CancellationToken);

        Assert.Equal(asked, looked);
        Assert.Equal(118, written.Count);
        Assert.All(written, change => Assert.Equal((0, 3), (change.Previous.Attempts, change.Written.Attempts)));
        var changed = (await table.ReadDayAsync(InventedRows.Day, TestContext.Current.CancellationToken)).Where(row => row.Attempts == 3).Select(row => row.Position);
        Assert.Equal(Enumerable.Range(11, 120).Where(number => number is not (20 or 60)), changed);
    }

    [Fact]
    public async Task Concurrent_updates_are_all_applied()
    {
        var table = await TableAsync();
        await table.InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var change = 0; change < 5; change++)
                await table.UpdateAsync(InventedRows.Day, InventedRows.Row(1).Paper.Id, (row, _) => row with { Attempts = row.Attempts + 1 }, TestContext.Current.CancellationToken);
        }));

        Assert.Equal(40, Assert.Single(await table.ReadDayAsync(InventedRows.Day, TestContext.Current.CancellationToken)).Attempts);
    }

    [Fact]
    public async Task The_days_with_papers_are_listed_newest_first()
    {
        var table = await TableAsync();
        Assert.Empty(await table.ReadDaysAsync(TestContext.Current.CancellationToken));
        var days = new[] { "2026-03-19", "2025-12-31", "2026-03-17", "2026-03-18" }.Select(ListingDay.Parse).ToList();
        await table.InsertAsync([.. days.SelectMany((day, index) => Enumerable.Range(1, 3).Select(number => InventedRows.Row((index * 10) + number, day)))], TestContext.Current.CancellationToken);

        Assert.Equal(days.OrderDescending(), await table.ReadDaysAsync(TestContext.Current.CancellationToken));
        await table.DeleteDayAsync(days[3], TestContext.Current.CancellationToken);
        Assert.Equal(days.Take(3).OrderDescending(), await table.ReadDaysAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("2026-03-20")]
    [InlineData("2026-03-31")]
    [InlineData("2026-06-01")]
    [InlineData("2026-01-01")]
    public async Task The_newest_day_is_found_at_any_time(string now)
    {
        var table = await TableAsync();
        var moment = new DateTimeOffset(ListingDay.Parse(now).Date.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero);
        Assert.Null(await table.FindNewestDayAsync(moment, TestContext.Current.CancellationToken));
        var days = new[] { "2025-12-31", "2026-03-17", "2026-03-19" }.Select(ListingDay.Parse).ToList();
        await table.InsertAsync([.. days.Select((day, index) => InventedRows.Row(index + 1, day))], TestContext.Current.CancellationToken);

        Assert.Equal(days[^1], await table.FindNewestDayAsync(moment, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_paper_belongs_to_the_first_day_that_claims_it()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var table = product.Get<PaperDayTable>();
        var id = ArxivId.Parse("math/0211159");
        var days = Enumerable.Range(1, 8).Select(day => new ListingDay(new DateOnly(2026, 3, day))).ToList();

        var claimed = await Task.WhenAll(days.Select(day => table.ClaimAsync([id], day, TestContext.Current.CancellationToken)));

        Assert.Single(claimed.Select(claim => claim[id]).Distinct());
        Assert.Equal(claimed[0][id], await table.FindAsync(id, TestContext.Current.CancellationToken));
        await table.DeleteAsync([id, ArxivId.Parse("math/0211160")], TestContext.Current.CancellationToken);
        Assert.Null(await table.FindAsync(id, TestContext.Current.CancellationToken));
    }

    private async Task<PaperTable> TableAsync()
    {
        var service = storage.Tables();
        await service.CreateTableAsync(TableNames.Papers, TestContext.Current.CancellationToken);
        return new PaperTable(service);
    }
}
