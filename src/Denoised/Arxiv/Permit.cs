using Azure;

namespace Denoised.Arxiv;

/// <summary>
/// The right to make one request. It is held until the answer is read: disposing it starts the pause before the next one.
/// </summary>
public sealed class Permit : IAsyncDisposable
{
    private static readonly TimeSpan releaseTimeout = TimeSpan.FromSeconds(10);

    private readonly RequestPacing pacing;
    private readonly TimeProvider time;
    private readonly long asked;
    private readonly DateTimeOffset latest;
    private readonly CancellationTokenSource expiry;
    private bool isReleased;

    internal Permit(RequestPacing pacing, RequestLimit limit, string owner, ETag etag, TimeProvider time, long asked, DateTimeOffset latest)
    {
        (this.pacing, Limit, Owner, ETag, this.time, this.asked, this.latest) = (pacing, limit, owner, etag, time, asked, latest);
        var left = limit.RequestTimeout - time.GetElapsedTime(asked);
        expiry = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }

    /// <summary>The limit that it belongs to.</summary>
    public RequestLimit Limit { get; }

    /// <summary>Cancelled when the request must be over, before anybody else may take the permit for lapsed. Give it to the request.</summary>
    public CancellationToken Expiry => expiry.Token;

    internal string Owner { get; }

    internal ETag ETag { get; }

    /// <summary>Releases the permit and keeps everybody, in all instances, from asking again for as long as arXiv asked (429, 503).</summary>
    public async Task ReportThrottledAsync(TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        if (isReleased)
            return;
        isReleased = true;
        await pacing.ReleaseAsync(this, retryAfter > Limit.Interval ? retryAfter : Limit.Interval, cancellationToken);
    }

    /// <summary>Releases the permit. Storage that cannot be reached is no error here: the permit then lapses.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!isReleased)
        {
            isReleased = true;
            // The request may have been cancelled; the release still has to happen, within its own time.
            using var timeout = new CancellationTokenSource(releaseTimeout, time);
            try
            {
                await pacing.ReleaseAsync(this, Limit.Interval, timeout.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                // Not released in time: it lapses, as if its holder had died.
            }
        }

        expiry.Dispose();
    }

    /// <summary>The latest that the storage service's clock can show at a moment of this process's monotonic clock.</summary>
    internal DateTimeOffset LatestTime(long timestamp) => latest + time.GetElapsedTime(asked, timestamp);
}
