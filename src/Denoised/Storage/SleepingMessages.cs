using System.Diagnostics;

namespace Denoised.Storage;

/// <summary>
/// What this process has put off, until it wakes: the messages themselves sleep in the storage service, whoever dies. Times are of the machine's
/// running: neither the product's clock nor a change of the machine's moves them.
/// </summary>
internal sealed class SleepingMessages
{
    /// <summary>The service counts in seconds: a message may wake so much earlier than it was told.</summary>
    private static readonly TimeSpan early = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<object, Sleeper> asleep = [];
    private readonly PriorityQueue<object, TimeSpan> byWaking = new();

    /// <summary>Now.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Whether a message sleeps that does what another would.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="upTo">What changed until then is to be seen.</param>
    /// <param name="until">When the other would wake.</param>
    public bool Covers(object key, DateTimeOffset upTo, TimeSpan until)
    {
        lock (gate)
            return asleep.TryGetValue(key, out var sleeper) && sleeper.UpTo >= upTo && sleeper.Until - early > Now && sleeper.Until <= until + early;
    }

    /// <summary>Remembers a message that was sent to sleep.</summary>
    /// <param name="key">What it asks for.</param>
    /// <param name="upTo">What changed until then it will see.</param>
    /// <param name="until">When it wakes.</param>
    public void Add(object key, DateTimeOffset upTo, TimeSpan until)
    {
        lock (gate)
        {
            while (byWaking.TryPeek(out var woken, out var at) && at < Now)
            {
                byWaking.Dequeue();
                if (asleep.TryGetValue(woken, out var known) && known.Until == at)
                    asleep.Remove(woken);
            }

            asleep[key] = new Sleeper(upTo, until);
            byWaking.Enqueue(key, until);
        }
    }

    private readonly record struct Sleeper(DateTimeOffset UpTo, TimeSpan Until);
}
