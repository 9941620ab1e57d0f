namespace Microsoft.Extensions.Hosting;

/// <summary>Waits for the start of an application.</summary>
internal static class HostLifetimeExtensions
{
    /// <summary>Waits until the application has started; returns false if it stops before that.</summary>
    public static async Task<bool> HasStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var whenStopped = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
