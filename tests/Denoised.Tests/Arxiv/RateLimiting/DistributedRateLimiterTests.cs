using System.Diagnostics;
using Azure.Data.Tables;
using Denoised.Arxiv;
using Denoised.Arxiv.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Denoised.Tests.Arxiv.RateLimiting;

public sealed class DistributedRateLimiterTests(StorageFixture storage) : IClassFixture<StorageFixture>, IAsyncDisposable
{
    private static readonly TimeSpan margin = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly TableServiceClient service = storage.Tables();
    private readonly string table = "ratelimits" + Guid.NewGuid().ToString("N");

    /// <summary>A table for this test only. The first request creates it.</summary>
    private TableClient Table() => service.GetTableClient(table);

    /// <summary>A limit with a unique name.</summary>
    private static RateLimit Limit(double interval, double timeout = 5000) =>
        new("test-" + Guid.NewGuid().ToString("N"), TimeSpan.FromMilliseconds(interval), TimeSpan.FromMilliseconds(timeout));

    private DistributedRateLimiter Limiter(TimeProvider? time = null) => new(Table(), time ?? TimeProvider.System, margin, NullLogger<DistributedRateLimiter>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Table().DeleteAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Four_instances_with_skewed_clocks_never_overlap_and_keep_the_interval()
    {
        const int Requests = 60;
        var limit = Limit(interval: 25, timeout: 5000);
        await using var server = await LocalArxiv.StartAsync(static async context =>
        {
            await Task.Delay(Random.Shared.Next(0, 15), context.RequestAborted);
            await context.Response.WriteAsync(new string('x', Random.Shared.Next(1, 20_000)), context.RequestAborted);
        });
        var left = Requests;
        var died = 0;
        var instances = new[] { -2.0, -0.7, 0.9, 2.0 }.Select(skew => Task.Run(async () =>
        {
            var limiter = Limiter(new SkewedTime(TimeSpan.FromSeconds(skew)));
            using var http = new HttpClient();
            while (Interlocked.Decrement(ref left) is >= 0 and var remaining)
            {
                var permit = await limiter.AcquireAsync(limit, Cancellation);
                if (remaining < Requests / 2 && Interlocked.CompareExchange(ref died, 1, 0) == 0)
                {
                    // One instance crashes while it holds the lease: the lease stays unreleased, and another instance makes the request.
                    Interlocked.Increment(ref left);
                    return;
                }

                await http.GetStringAsync(server.Address, permit.Expiry);
                await permit.DisposeAsync();
            }
        }, Cancellation)).ToList();
        await Task.WhenAll(instances);

        var visits = server.Visits;
        Assert.Equal(1, died);
        Assert.Equal(Requests, visits.Count);
        var gaps = visits.Zip(visits.Skip(1), static (before, after) => Stopwatch.GetElapsedTime(before.Ended, after.Started)).ToList();
        Assert.True(gaps.Min() >= limit.Interval, $"Two requests were {gaps.Min().TotalMilliseconds} ms apart; {limit.Interval.TotalMilliseconds} are asked for.");
        // The crash costs one request timeout. All other requests continue without a gap of that length.
        Assert.InRange(gaps.Max(), limit.RequestTimeout, limit.RequestTimeout * 6);
        Assert.True(gaps.Order().ElementAt(gaps.Count / 2) < limit.RequestTimeout, $"The median gap was {gaps.Order().ElementAt(gaps.Count / 2).TotalMilliseconds} ms.");
        TestContext.Current.TestOutputHelper?.WriteLine($"gaps in ms: least {gaps.Min().TotalMilliseconds:0.0}, median {gaps.Order().ElementAt(gaps.Count / 2).TotalMilliseconds:0.0}, most {gaps.Max().TotalMilliseconds:0}");
    }

    [Fact]
    public async Task Only_one_instance_holds_the_lease_and_the_next_waits_for_the_interval()
    {
        var limit = Limit(interval: 2000);
        var limiter = Limiter();
        var permit = await limiter.TryAcquireAsync(limit, Cancellation);
        Assert.NotNull(permit);
        Assert.Null(await limiter.TryAcquireAsync(limit, Cancellation));
        Assert.Null(await Limiter().TryAcquireAsync(limit, Cancellation));

        await permit.DisposeAsync();
        var released = Stopwatch.GetTimestamp();
        Assert.Null(await Limiter().TryAcquireAsync(limit, Cancellation));
        await using var next = await limiter.AcquireAsync(limit, Cancellation);
        Assert.InRange(Stopwatch.GetElapsedTime(released), limit.Interval - TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_new_process_uses_the_clock_of_the_storage_service()
    {
        var limit = Limit(interval: 400);
        await (await Limiter().AcquireAsync(limit, Cancellation)).DisposeAsync();
        var released = Stopwatch.GetTimestamp();

        // Each attempt is a new process that has never read the row.
        RateLimitLease? permit = null;
        while (permit is null)
        {
            permit = await Limiter().TryAcquireAsync(limit, Cancellation);
            await Task.Delay(20, Cancellation);
        }

        await using (permit)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(released), limit.Interval, TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Limits_are_independent_of_each_other()
    {
        var limiter = Limiter();
        await using var one = await limiter.TryAcquireAsync(Limit(interval: 60_000), Cancellation);
        await using var other = await limiter.TryAcquireAsync(Limit(interval: 60_000), Cancellation);
        Assert.NotNull(one);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task A_lease_expires_before_another_instance_can_acquire_it()
    {
        var limit = Limit(interval: 20, timeout: 3000);
        var dead = await Limiter().AcquireAsync(limit, Cancellation);
        await using var next = await Limiter().AcquireAsync(limit, Cancellation);
        Assert.True(dead.Expiry.IsCancellationRequested);

        // The late release by the previous owner must not free the lease of the next owner.
        await dead.DisposeAsync();
        Assert.Null(await Limiter().TryAcquireAsync(limit, Cancellation));
    }

    [Fact]
    public async Task A_Retry_After_of_arXiv_pauses_all_instances()
    {
        var limit = Limit(interval: 20) with { MaxPause = TimeSpan.FromSeconds(2) };
        var permit = await Limiter().AcquireAsync(limit, Cancellation);
        await permit.ReportThrottledAsync(TimeSpan.FromMilliseconds(800), Cancellation);
        await permit.DisposeAsync();
        var reported = Stopwatch.GetTimestamp();

        var other = Limiter();
        permit = await other.AcquireAsync(limit, Cancellation);
        Assert.InRange(Stopwatch.GetElapsedTime(reported), TimeSpan.FromMilliseconds(700), TimeSpan.FromMinutes(1));

        await permit.ReportThrottledAsync(TimeSpan.FromMinutes(10), Cancellation);
        var exception = await Assert.ThrowsAsync<ArxivException>(() => other.AcquireAsync(limit, Cancellation));
        Assert.Equal(ArxivFailure.Throttled, exception.Failure);
        Assert.InRange(exception.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10.2));
    }

    [Fact]
    public async Task A_caller_can_cancel_the_wait_for_the_lease()
    {
        var limit = Limit(interval: 60_000);
        var limiter = Limiter();
        await using var permit = await limiter.AcquireAsync(limit, Cancellation);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limiter.AcquireAsync(limit, impatient.Token));
    }

    [Fact]
    public async Task Acquiring_creates_a_missing_table_and_records_the_owner()
    {
        await using var permit = await Limiter().AcquireAsync(Limit(interval: 1), Cancellation);
        var row = await Table().GetEntityAsync<TableEntity>(DistributedRateLimiter.Partition, permit.Limit.Name, cancellationToken: Cancellation);
        Assert.Equal(permit.Owner, row.Value.GetString("owner"));
        Assert.True(row.Value.GetDateTimeOffset("inFlightUntil") > row.GetRawResponse().Headers.Date);
    }

    private sealed class SkewedTime(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
    }
}
