using Microsoft.Extensions.Caching.Memory;

namespace Denoised.Api;

/// <summary>
/// Caches responses for a few seconds: concurrent requests for the same resource share one read and one compression. Keys consist of validated
/// parameters only, never of the raw query string.
/// </summary>
public sealed class ResponseCache(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan lifetime = TimeSpan.FromSeconds(5);

    // After an idle period, the next request waits for a fresh response instead of receiving a stale one.
    private static readonly TimeSpan maxStaleness = TimeSpan.FromSeconds(15);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 256 });
    private readonly Lock gate = new();

    /// <summary>
    /// Gets the response for a key. Concurrent callers share one call to <paramref name="make"/>. While an expired response is being refreshed, only the
    /// caller that started the refresh waits; all others receive the stale one. Failures are not cached.
    /// </summary>
    public async Task<Representation?> GetAsync(string key, Func<CancellationToken, Task<Representation?>> make, CancellationToken cancellationToken)
    {
        Lazy<Task<Representation?>> answer;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var entry = cache.Get<Entry>(key);
            if (entry?.Next is { HasSucceeded: true } next)
                entry = Store(key, next);

            if (entry is null || entry.HasFailed || entry.Expires + maxStaleness <= now)
            {
                answer = Store(key, CreateEntry(fresh => fresh)).Response;
            }
            else if (!entry.HasSucceeded || entry.Expires > now || entry.Next is { HasFailed: false })
            {
                answer = entry.Response;
            }
            else
            {
                var previous = entry.Response.Value.Result;
                entry.Next = CreateEntry(fresh => fresh?.ReuseIfUnchanged(previous));
                answer = entry.Next.Response;
            }

            // Does not use the first caller's token: others wait for the same response.
            Entry CreateEntry(Func<Representation?, Representation?> finish) =>
                new(now + lifetime, new Lazy<Task<Representation?>>(async () => finish(await make(CancellationToken.None))));
        }

        return await answer.Value.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Entry Store(string key, Entry entry) =>
        cache.Set(key, entry, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime + maxStaleness });

    private sealed record Entry(DateTimeOffset Expires, Lazy<Task<Representation?>> Response)
    {
        /// <summary>The refresh in progress that will replace this entry.</summary>
        public Entry? Next { get; set; }

        public bool HasSucceeded => Response is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

        /// <summary>A timeout in the storage client leaves the task cancelled, not faulted.</summary>
        public bool HasFailed => Response is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };
    }
}
