namespace Denoised.Storage;

/// <summary>Another writer was faster each time: the write was given up, and may be tried again later.</summary>
/// <param name="message">What was to be written, and how often it was tried.</param>
public sealed class WriteContentionException(string message) : Exception(message);

/// <summary>
/// Bounds an optimistic write. After each lost attempt it waits for a random time whose limit doubles, so that writers that have met do not meet again.
/// </summary>
/// <param name="target">What is written, for the exception.</param>
internal sealed class WriteContention(string target)
{
    /// <summary>The attempts that one write may lose.</summary>
    public const int MaxAttempts = 60;

    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromMilliseconds(250);

    private int lost;

    /// <summary>Counts a lost attempt and waits before the next one.</summary>
    /// <exception cref="WriteContentionException">It was the last attempt.</exception>
    public async Task BackOffAsync(CancellationToken cancellationToken)
    {
        if (++lost >= MaxAttempts)
            throw new WriteContentionException($"{target} was changed by another writer at each of {MaxAttempts} attempts.");
        var limit = shortest * Math.Pow(2, Math.Min(lost - 1, 10));
        await Task.Delay((limit < longest ? limit : longest) * Random.Shared.NextDouble(), cancellationToken);
    }
}
