namespace Denoised.LocalHost.Queues;

/// <summary>The queue for messages that failed too often.</summary>
internal static class PoisonQueue
{
    private const string Suffix = "-poison";

    /// <summary>Gets the poison queue's name; null for a poison queue itself, since the host never creates <c>-poison-poison</c>.</summary>
    public static string? Of(string queue) => queue.EndsWith(Suffix, StringComparison.Ordinal) ? null : queue + Suffix;
}
