using Denoised.LocalHost.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Invocation;

/// <summary>The two moments of a stop: nothing new is begun, and some time later what still runs is cancelled.</summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource cancelled;
    private readonly CancellationTokenRegistration registration;

    public Shutdown(IHostApplicationLifetime lifetime, IOptions<LocalHostOptions> options, TimeProvider time)
    {
        cancelled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Begun = lifetime.ApplicationStopping;
        registration = Begun.Register(() => cancelled.CancelAfter(options.Value.ShutdownGrace));
    }

    /// <summary>A stop was asked for: begin nothing new.</summary>
    public CancellationToken Begun { get; }

    /// <summary>The grace is over: running functions see this in their own token.</summary>
    public CancellationToken Cancelled => cancelled.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        cancelled.Dispose();
    }
}
