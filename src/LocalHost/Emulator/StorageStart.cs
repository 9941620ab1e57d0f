using Azure;
using Denoised.LocalHost.Terminal;
using Denoised.Storage;
using Polly;
using Polly.Retry;

namespace Denoised.LocalHost.Emulator;

/// <summary>
/// Retries the storage requests at startup, in addition to the retries of the storage client. The Functions host also retries storage errors
/// while it starts.
/// </summary>
internal sealed class StorageStart(LiveConsole console)
{
    private const int Tries = 3;

    private readonly ResiliencePipeline retrying = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Tries - 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(StorageErrors.IsTransient),
            OnRetry = failed =>
            {
                console.WriteLine($"Storage does not answer: {failed.Outcome.Exception!.Message.Split('\n')[0].TrimEnd()} Trying again ...");
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>Runs an idempotent request; up to three attempts while storage does not respond.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage rejected the request, or each attempt failed. Several failures of one request are thrown as an <see cref="AggregateException"/>.
    /// </exception>
    public Task ExecuteAsync(Func<CancellationToken, Task> request, CancellationToken cancellationToken) =>
        retrying.ExecuteAsync(async token => await request(token), cancellationToken).AsTask();
}
