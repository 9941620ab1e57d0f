namespace Denoised.Storage;

/// <summary>Each attempt of a write lost to a concurrent writer. A later retry may succeed.</summary>
/// <param name="message">The target of the write and the number of attempts.</param>
public sealed class WriteContentionException(string message) : Exception(message);

/// <summary>Bounds the attempts of an optimistic write. Uses exponential back-off with full jitter between attempts.</summary>
/// <param name="target">The target of the write, for the exception.</param>
internal sealed class WriteContention(string target)
{
    /// <summary>The maximum number of attempts of one write.</summary>
    public const int MaxAttempts = 60;

    private static readonly TimeSpan minDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan maxDelay = TimeSpan.FromMilliseconds(250);

    private int lost;

    /// <summary>Counts a lost attempt and waits before the next one.</summary>
    /// <exception cref="WriteContentionException">No attempts are left.</exception>
    public async Task BackOffAsync(CancellationToken cancellationToken)
    {
        if (++lost >= MaxAttempts)
            throw new WriteContentionException($"{target} was changed by another writer at each of {MaxAttempts} attempts.");
        var limit = minDelay * Math.Pow(2, Math.Min(lost - 1, 10));
        await Task.Delay((limit < maxDelay ? limit : maxDelay) * Random.Shared.NextDouble(), cancellationToken);
    }
}
