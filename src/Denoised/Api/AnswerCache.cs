using Microsoft.Extensions.Caching.Memory;

namespace Denoised.Api;

/// <summary>
/// Keeps answers for a few seconds, so that many requests for the same thing cost one read and one compression. The key is made of
/// checked parameters only, never of a request's raw query.
/// </summary>
public sealed class AnswerCache(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan lifetime = TimeSpan.FromSeconds(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 256 });
    private readonly Lock gate = new();

    /// <summary>Gives the answer for a key, made once however many ask at the same time. A failure is not kept.</summary>
    public async Task<Representation?> GetAsync(string key, Func<CancellationToken, Task<Representation?>> make, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!cache.TryGetValue(key, out entry) || entry!.Expires <= now || HasFailed(entry))
            {
                // Not with the first one's token: others wait for the same answer.
                entry = new Entry(now + lifetime, new Lazy<Task<Representation?>>(() => make(CancellationToken.None)));
                cache.Set(key, entry, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime * 2 });
            }
        }

        return await entry.Answer.Value.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    /// <summary>A time-out of the storage client ends a task as cancelled, not as faulted.</summary>
    private static bool HasFailed(Entry entry) => entry.Answer is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };

    private sealed record Entry(DateTimeOffset Expires, Lazy<Task<Representation?>> Answer);
}
