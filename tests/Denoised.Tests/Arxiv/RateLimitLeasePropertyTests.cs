using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using CsCheck;
using Denoised.Arxiv.RateLimiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Denoised.Tests.Arxiv;

/// <summary>
/// Instances acquire, hold and release the rate limit lease, report a throttle or crash, in any order and with different clocks.
/// </summary>
public sealed class RateLimitLeasePropertyTests(StorageFixture storage)
{
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan timeout = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan margin = TimeSpan.FromMilliseconds(500);

    private enum End
    {
        Release,
        Pause,
        Die,
    }

    [Fact]
    public async Task Requests_never_overlap_and_keep_the_interval()
    {
        var table = new TableServiceClient(storage.TakeAccount()).GetTableClient("permits" + Guid.NewGuid().ToString("N")[..8]);
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);

        // A wait and a hold in milliseconds, and the way in which the hold ends.
        var step = Gen.Select(Gen.Int[0, 80], Gen.Int[0, 60], Gen.Frequency((6, Gen.Const(End.Release)), (1, Gen.Const(End.Pause)), (1, Gen.Const(End.Die))));
        var instance = Gen.Select(Gen.Int[-3_600_000, 3_600_000], step.Array[1, 4]);
        await instance.Array[2, 4].SampleAsync(
            instances => CheckAsync(table, instances),
            iter: 12,
            threads: 4);
    }

    private static async Task CheckAsync(TableClient table, (int Skew, (int Wait, int Hold, End End)[] Steps)[] instances)
    {
        var stop = TestContext.Current.CancellationToken;
        var limit = new RateLimit("property-" + Guid.NewGuid().ToString("N"), interval, timeout) { MaxPause = TimeSpan.FromSeconds(30) };
        var holds = new ConcurrentBag<(long From, long To, End End)>();
        await Task.WhenAll(instances.Select(instance => Task.Run(
            async () =>
            {
                var time = new SkewedTime(TimeSpan.FromMilliseconds(instance.Skew));
                var limiter = new DistributedRateLimiter(table, time, margin, NullLogger<DistributedRateLimiter>.Instance);
                foreach (var (wait, hold, end) in instance.Steps)
                {
                    await Task.Delay(wait, stop);
                    var permit = await limiter.AcquireAsync(limit, stop);
                    var from = Stopwatch.GetTimestamp();
                    try
                    {
                        // Like a request: until the lease expires at the latest.
                        await Task.Delay(hold, permit.Expiry);
                    }
                    catch (OperationCanceledException)
                    {
                        // On a busy machine the hold outlasts the lease. A real request would have been cancelled.
                    }

                    holds.Add((from, Stopwatch.GetTimestamp(), end));
                    if (end == End.Die)
                    {
                        // The replacement process has no local state.
                        limiter = new DistributedRateLimiter(table, time, margin, NullLogger<DistributedRateLimiter>.Instance);
                        continue;
                    }

                    if (end == End.Pause)
                        await permit.ReportThrottledAsync(interval * 3, stop);
                    await permit.DisposeAsync();
                }
            },
            stop)));

        Assert.Equal(instances.Sum(static instance => instance.Steps.Length), holds.Count);
        var inOrder = holds.OrderBy(static hold => hold.From).ToList();
        foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)))
        {
            var gap = Stopwatch.GetElapsedTime(before.To, after.From);
            var least = before.End == End.Pause ? interval * 3 : interval;
            Assert.True(gap >= least, $"{gap.TotalMilliseconds} ms after one that ended with {before.End} the next one began; {least.TotalMilliseconds} are asked for.");
        }
    }

    private sealed class SkewedTime(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
    }
}
