using System.Text.Json;
using Denoised.Api;
using Denoised.Domain;
using Denoised.Simulators.Storage;
using Denoised.Storage;
using Denoised.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Denoised.Tests.Api;

/// <summary>Responses of the API while the tables change between requests.</summary>
public sealed class ChangingDayTests(StorageFixture storage)
{
    [Fact]
    public async Task Papers_added_between_two_pages_cause_no_repeated_or_skipped_paper()
    {
        await using var product = await ProductAsync();
        var table = product.Get<PaperTable>();
        await table.InsertAsync([.. Enumerable.Range(1, 20).Select(number => InventedRows.Row(number * 10))], TestContext.Current.CancellationToken);
        var seen = new List<ArxivId>();

        var (page, late) = (await GetAsync(product, ""), 0);
        while (true)
        {
            seen.AddRange(page.Papers.Select(paper => paper.Id));
            if (page.Next is null)
                break;

            // One paper before the cursor and one at the end of the day.
            Assert.True(++late < 20, "The pages do not end.");
            await table.InsertAsync([InventedRows.Row(late), InventedRows.Row(1000 + late)], TestContext.Current.CancellationToken);
            page = await GetAsync(product, "&cursor=" + page.Next);
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => InventedRows.Row(number * 10).Paper.Id), seen.Take(20));
        Assert.Equal(Enumerable.Range(1001, seen.Count - 20).Select(number => InventedRows.Row(number).Paper.Id), seen.Skip(20));
    }

    [Fact]
    public async Task Without_any_day_latest_is_404_and_the_list_of_days_is_empty()
    {
        await using var product = await ProductAsync();
        var api = product.Get<PapersApi>();
        var latest = Assert.IsType<RepresentationResult>(await api.GetDayAsync(new DefaultHttpContext().Request, "latest", TestContext.Current.CancellationToken));
        Assert.Equal(404, latest.StatusCode);
        Assert.Contains("No listing day is held yet", JsonSerializer.Deserialize(latest.Representation.Body, ApiJson.Default.Problem)!.Detail, StringComparison.Ordinal);
        var days = Assert.IsType<RepresentationResult>(await api.GetDaysAsync(TestContext.Current.CancellationToken));
        Assert.Empty(JsonSerializer.Deserialize(days.Representation.Body, ApiJson.Default.DaysResponse)!.Days);
    }

    [Fact]
    public async Task The_API_reads_a_days_rows_again_only_after_a_change_to_the_day()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var proxy = await StorageProxy.StartAsync(storage.TakeAccount(), stop);
        await using var product = await ProductAsync(proxy.ConnectionString);
        var (table, listings, days) = (product.Get<PaperTable>(), product.Get<ListingTable>(), product.Get<DaySummaries>());
        var (tuesday, wednesday) = (InventedRows.Day, ListingDay.Parse("2026-03-18"));
        await table.InsertAsync([.. Enumerable.Range(1, 3).Select(number => Tagged(InventedRows.Row(number), "vision")), Tagged(InventedRows.Row(4, wednesday), "audio")], stop);

        // Each day costs one request for its progress, one for its listings and one for its rows. An unchanged day needs no request for rows.
        var (first, whole) = await CountAsync();
        Assert.Equal("2026-03-18: audio 1; 2026-03-17: vision 3", first);
        Assert.Equal((first, whole - 2), await CountAsync());

        await table.UpdateAsync(tuesday, InventedRows.Row(2).Paper.Id, (row, _) => Tagged(row, "speech"), stop);
        await table.InsertAsync([Tagged(InventedRows.Row(5, wednesday), "audio")], stop);
        Assert.Equal(("2026-03-18: audio 2; 2026-03-17: vision 2, speech 1", whole), await CountAsync());

        await listings.RecordAsync(new ListingRecord { Day = tuesday, Category = "cs.LG", Entries = 4, Announced = 4, Source = ListingSource.Feed, ReadAt = product.Time.GetUtcNow(), IsComplete = true }, stop);
        var after = await days.ReadAsync(stop);
        Assert.Equal("1 of the 4 papers announced are not recorded yet.", Assert.Single(after[1].Notes));
        Assert.Empty(after[0].Notes);

        await table.DeleteDayAsync(tuesday, stop);
        Assert.Equal(wednesday, Assert.Single(await days.ReadAsync(stop)).Day);

        async Task<(string Days, long Requests)> CountAsync()
        {
            var before = proxy.Requests;
            var summaries = await days.ReadAsync(stop);
            return (string.Join("; ", summaries.Select(summary => $"{summary.Day}: {string.Join(", ", summary.Tags.Select(tag => $"{tag.Tag} {tag.Count}"))}")), proxy.Requests - before);
        }

        static PaperRow Tagged(PaperRow row, string tag) => row with { Summary = row.Summary with { Tags = [tag] } };
    }

    [Fact]
    public async Task A_failing_endpoint_returns_a_problem_without_internal_details()
    {
        var guard = new ApiGuard(NullLogger<ApiGuard>.Instance);
        Exception[] failures = [new InvalidDataException("row 17"), new TaskCanceledException("The storage did not answer in time.")];
        foreach (var failure in failures)
        {
            var result = Assert.IsType<RepresentationResult>(await guard.HandleAsync(() => Task.FromException<IActionResult>(failure), TestContext.Current.CancellationToken));
            Assert.Equal(500, result.StatusCode);
            Assert.DoesNotContain(failure.Message, JsonSerializer.Deserialize(result.Representation.Body, ApiJson.Default.Problem)!.Detail, StringComparison.Ordinal);
        }

        // The caller has cancelled this request, so no client waits for a response.
        await Assert.ThrowsAsync<OperationCanceledException>(() => guard.HandleAsync(() => Task.FromException<IActionResult>(new OperationCanceledException()), new CancellationToken(canceled: true)));
    }

    private static async Task<DayResponse> GetAsync(Product product, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?limit=6" + query);
        var result = Assert.IsType<RepresentationResult>(await product.Get<PapersApi>().GetDayAsync(context.Request, "2026-03-17", TestContext.Current.CancellationToken));
        Assert.Equal(200, result.StatusCode);
        return JsonSerializer.Deserialize(result.Representation.Body, ApiJson.Default.DayResponse)!;
    }

    private Task<Product> ProductAsync() => ProductAsync(storage.TakeAccount());

    private static async Task<Product> ProductAsync(string connection)
    {
        var product = Product.On(connection, arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return product;
    }
}
