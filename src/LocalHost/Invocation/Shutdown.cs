using Denoised.LocalHost.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Invocation;

/// <summary>The two phases of a shutdown: no new work starts; after a grace period, running work is cancelled.</summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource cancelled;
    private readonly CancellationTokenRegistration registration;

    public Shutdown(IHostApplicationLifetime lifetime, IOptions<LocalHostOptions> options, TimeProvider time)
    {
        cancelled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Stopping = lifetime.ApplicationStopping;
        registration = Stopping.Register(() => cancelled.CancelAfter(options.Value.ShutdownGrace));
    }

    /// <summary>Cancelled when a stop is requested: no new work may start.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Cancelled after the grace period; linked to the tokens of running functions.</summary>
    public CancellationToken Cancelled => cancelled.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        cancelled.Dispose();
    }
}
