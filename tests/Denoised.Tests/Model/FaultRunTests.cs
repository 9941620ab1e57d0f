using Denoised.Domain;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;

namespace Denoised.Tests.Model;

/// <summary>Whole listing days with faults. The long form, which also kills processes, is <c>tests/Benchmarks -- chaos</c>.</summary>
[Trait("Tier", "Long")]
public sealed class FaultRunTests(StorageFixture storage)
{
    [Fact]
    public async Task Two_real_days_with_faults_lose_no_paper_and_pay_once_for_each()
    {
        await using var world = await ModelWorld.StartAsync(
            storage,
            [new("Publishing:MinimumInterval", "00:00:02"), new("Arxiv:Retries", "2"), new("Collect:RetentionDays", "2"), new("Collect:BackfillWithModel", "true"), new("Summarizer:Timeout", "00:00:02")],
            new OpenAiSimulatorOptions { FaultRate = 0.2, Seed = 1 },
            new ArxivSimulatorOptions { ListingsFolder = RealInput.Path("arxiv/listings"), Today = ModelWorld.Tuesday.Date, Seed = 1, SlowFor = TimeSpan.FromMilliseconds(200) });

        // arXiv faults without a Retry-After cost half a minute each; the arXiv tests cover them.
        world.Arxiv.Faults.SetTotalRate(
            0.1,
            ArxivFault.TooManyRequestsWithRetryAfter, ArxivFault.ServiceUnavailableWithRetryAfter, ArxivFault.InternalServerError, ArxivFault.EmptyAnswer,
            ArxivFault.TruncatedBody, ArxivFault.BrokenTransfer, ArxivFault.HtmlInsteadOfXml, ArxivFault.Slow, ArxivFault.ConnectionReset);
        world.Arxiv.Faults.FailNext(ArxivFault.TruncatedBody);
        world.Arxiv.Faults.FailNext(ArxivFault.BrokenTransfer);
        world.Add();

        for (var run = 0; run < 4; run++)
        {
            await world.OnlyCollectAsync();
            await world.WorkAsync(within: TimeSpan.FromMinutes(5));
        }

        var days = (await world.StatusAsync()).Days;
        Assert.Equal([("2026-03-17", 262, 262, 262, 0), ("2026-03-16", 86, 86, 86, 0)], days.Select(day => (day.Day.ToString(), day.Announced, day.Recorded, day.Shown, day.Pending)));
        var rows = days.SelectMany(day => world.ReadPaperRowsAsync(day.Day).GetAwaiter().GetResult()).ToList();
        Assert.All(rows, row => Assert.True(row.IsFinal));
        Assert.All(rows.Where(row => row.Summary.Provenance.Method == SummaryMethod.Extractive), row => Assert.False(string.IsNullOrEmpty(row.Reason)));
        Assert.InRange(rows.Count(row => row.Summary.Provenance.Method == SummaryMethod.Model), rows.Count * 9 / 10, rows.Count);

        // A fault costs its own call, and a repair call if it corrupts a response.
        var ofPapers = world.Model.Calls.Where(call => call.PaperId is not null).ToList();
        var paid = ofPapers.Count(call => call.Paid);
        var faults = ofPapers.Count(call => call.Fault is not null);
        var repairs = ofPapers.Count(call => call is { Status: 200, Fault: OpenAiFault.MalformedJson or OpenAiFault.SchemaViolation or OpenAiFault.UnverifiableEvidence or OpenAiFault.TextsTooShort or OpenAiFault.Markup });
        TestContext.Current.SendDiagnosticMessage($"{rows.Count} papers, {faults} faults, {repairs} repairs, {paid} paid calls; at arXiv {world.Arxiv.Faults.Total} faults in {world.Arxiv.Requests.Count} requests.");
        Assert.True(paid <= 1.03 * (rows.Count + faults + repairs), $"{paid} paid calls for {rows.Count} papers, {faults} faults and {repairs} repairs.");
        Assert.True(faults > 40, $"There were only {faults} faults.");

        // A day's overview costs one call, one more for each fault and one more after a tenth of the day has changed.
        foreach (var (day, calls) in world.Model.PaidDays)
            Assert.InRange(calls, 1, 2 + world.Model.Calls.Count(call => call.Day == day && call.Fault is not null));
        Assert.Equal(["2026-03-16", "2026-03-17"], world.Model.PaidDays.Keys.Order(StringComparer.Ordinal));

        // Deliver every message a second time.
        var all = world.Model.Calls.Count;
        foreach (var row in rows)
            await world.Product.Get<WorkQueues>().SendAsync(new PaperMessage(row.Day, row.Paper.Id), TimeSpan.Zero, TestContext.Current.CancellationToken);
        await world.WorkAsync(within: TimeSpan.FromMinutes(5));
        foreach (var day in days)
            await world.Product.Get<WorkQueues>().SendAsync(new DayMessage(day.Day, DateTimeOffset.UnixEpoch, Overview: true), TimeSpan.Zero, TestContext.Current.CancellationToken);
        await world.WorkAsync(within: TimeSpan.FromMinutes(5));
        Assert.Equal(all, world.Model.Calls.Count);
    }
}
