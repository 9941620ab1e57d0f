namespace Denoised.LocalHost.Queues;

/// <summary>Where messages go that failed too often.</summary>
internal static class PoisonQueue
{
    private const string Suffix = "-poison";

    /// <summary>The poison queue's name; null for a queue that is one itself, since the host never makes <c>-poison-poison</c>.</summary>
    public static string? Of(string queue) => queue.EndsWith(Suffix, StringComparison.Ordinal) ? null : queue + Suffix;
}
