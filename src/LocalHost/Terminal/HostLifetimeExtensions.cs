namespace Microsoft.Extensions.Hosting;

/// <summary>Waiting for the start of an application.</summary>
internal static class HostLifetimeExtensions
{
    /// <summary>Waits until everything has started; false when the stop came first.</summary>
    public static async Task<bool> HasStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var whenStopped = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
