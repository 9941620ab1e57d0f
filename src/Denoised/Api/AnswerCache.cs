using Microsoft.Extensions.Caching.Memory;

namespace Denoised.Api;

/// <summary>
/// Keeps answers for a few seconds, so that many requests for the same thing cost one read and one compression. The key is made of
/// checked parameters only, never of a request's raw query.
/// </summary>
public sealed class AnswerCache(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan lifetime = TimeSpan.FromSeconds(5);

    // Where nobody has asked for a while, the next one waits for a fresh answer.
    private static readonly TimeSpan oldest = TimeSpan.FromSeconds(15);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 256 });
    private readonly Lock gate = new();

    /// <summary>
    /// Gives the answer for a key, made once however many ask at the same time; while it is made anew, all but the one who makes it get the
    /// former. A failure is not kept.
    /// </summary>
    public async Task<Representation?> GetAsync(string key, Func<CancellationToken, Task<Representation?>> make, CancellationToken cancellationToken)
    {
        Lazy<Task<Representation?>> answer;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var entry = cache.Get<Entry>(key);
            if (entry?.Next is { HasSucceeded: true } next)
                entry = Keep(key, next);

            if (entry is null || entry.HasFailed || entry.Expires + oldest <= now)
            {
                answer = Keep(key, Make(fresh => fresh)).Answer;
            }
            else if (!entry.HasSucceeded || entry.Expires > now || entry.Next is { HasFailed: false })
            {
                answer = entry.Answer;
            }
            else
            {
                var former = entry.Answer.Value.Result;
                entry.Next = Make(fresh => fresh?.InPlaceOf(former));
                answer = entry.Next.Answer;
            }

            // Not with the first one's token: others wait for the same answer.
            Entry Make(Func<Representation?, Representation?> finish) =>
                new(now + lifetime, new Lazy<Task<Representation?>>(async () => finish(await make(CancellationToken.None))));
        }

        return await answer.Value.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Entry Keep(string key, Entry entry) =>
        cache.Set(key, entry, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime + oldest });

    private sealed record Entry(DateTimeOffset Expires, Lazy<Task<Representation?>> Answer)
    {
        /// <summary>What is being made to take this one's place.</summary>
        public Entry? Next { get; set; }

        public bool HasSucceeded => Answer is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

        /// <summary>A time-out of the storage client ends a task as cancelled, not as faulted.</summary>
        public bool HasFailed => Answer is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };
    }
}
