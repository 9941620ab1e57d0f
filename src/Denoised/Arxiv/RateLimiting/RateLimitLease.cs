namespace Denoised.Arxiv.RateLimiting;

/// <summary>
/// A rate limit lease: the right to send one request. The holder keeps it until the response is read; disposing it starts the interval before the
/// next request.
/// </summary>
public sealed class RateLimitLease : IAsyncDisposable
{
    private static readonly TimeSpan releaseTimeout = TimeSpan.FromSeconds(10);

    private readonly DistributedRateLimiter rateLimiter;
    private readonly TimeProvider time;
    private readonly long requestTimestamp;
    private readonly DateTimeOffset latest;
    private readonly CancellationTokenSource expiry;
    private bool isReleased;

    internal RateLimitLease(DistributedRateLimiter rateLimiter, RateLimit limit, string owner, TimeProvider time, long requestTimestamp, DateTimeOffset latest)
    {
        (this.rateLimiter, Limit, Owner, this.time, this.requestTimestamp, this.latest) = (rateLimiter, limit, owner, time, requestTimestamp, latest);
        var remaining = limit.RequestTimeout - time.GetElapsedTime(requestTimestamp);
        expiry = new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, time);
    }

    /// <summary>The rate limit of this lease.</summary>
    public RateLimit Limit { get; }

    /// <summary>Cancelled when the lease expires, before another instance may take it over. Pass this token to the request.</summary>
    public CancellationToken Expiry => expiry.Token;

    internal string Owner { get; }

    /// <summary>Releases the lease and delays the next one, in all instances, by the pause that arXiv requested (429, 503).</summary>
    public async Task ReportThrottledAsync(TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        if (isReleased)
            return;
        isReleased = true;
        await rateLimiter.ReleaseAsync(this, retryAfter > Limit.Interval ? retryAfter : Limit.Interval, cancellationToken);
    }

    /// <summary>Releases the lease. If storage is unavailable, the lease expires instead.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!isReleased)
        {
            isReleased = true;
            // The release must succeed even if the request was cancelled, so it has its own timeout.
            using var timeout = new CancellationTokenSource(releaseTimeout, time);
            try
            {
                await rateLimiter.ReleaseAsync(this, Limit.Interval, timeout.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                // Not released in time: the lease expires as it would after a crash.
            }
        }

        expiry.Dispose();
    }

    /// <summary>The latest possible time of the storage service's clock at a timestamp of this process's monotonic clock.</summary>
    internal DateTimeOffset LatestTime(long timestamp) => latest + time.GetElapsedTime(requestTimestamp, timestamp);
}
