using System.Diagnostics;

namespace Denoised.Storage;

/// <summary>
/// Messages this process has deferred; used to suppress duplicates. In memory only: the messages themselves are safe in the storage service.
/// Times are monotonic: changes of the system clock do not affect them.
/// </summary>
internal sealed class DeferredMessages
{
    /// <summary>The service counts in seconds: a message may become visible up to 1 s early.</summary>
    private static readonly TimeSpan early = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<object, DeferredMessage> deferred = [];
    private readonly PriorityQueue<object, TimeSpan> byVisibleTime = new();

    /// <summary>The current monotonic time.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Whether a deferred message makes another one redundant.</summary>
    /// <param name="key">The requested work.</param>
    /// <param name="upTo">The time of the latest change that the work must include.</param>
    /// <param name="until">The time at which the other message would become visible.</param>
    public bool Covers(object key, DateTimeOffset upTo, TimeSpan until)
    {
        lock (gate)
            return deferred.TryGetValue(key, out var sleeper) && sleeper.UpTo >= upTo && sleeper.Until - early > Now && sleeper.Until <= until + early;
    }

    /// <summary>Adds a deferred message.</summary>
    /// <param name="key">The requested work.</param>
    /// <param name="upTo">The time of the latest change that the work will include.</param>
    /// <param name="until">The time at which the message becomes visible.</param>
    public void Add(object key, DateTimeOffset upTo, TimeSpan until)
    {
        lock (gate)
        {
            while (byVisibleTime.TryPeek(out var woken, out var at) && at < Now)
            {
                byVisibleTime.Dequeue();
                if (deferred.TryGetValue(woken, out var known) && known.Until == at)
                    deferred.Remove(woken);
            }

            deferred[key] = new DeferredMessage(upTo, until);
            byVisibleTime.Enqueue(key, until);
        }
    }

    private readonly record struct DeferredMessage(DateTimeOffset UpTo, TimeSpan Until);
}
