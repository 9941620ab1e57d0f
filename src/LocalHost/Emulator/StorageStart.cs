using Azure;
using Denoised.LocalHost.Terminal;
using Denoised.Storage;
using Polly;
using Polly.Retry;

namespace Denoised.LocalHost.Emulator;

/// <summary>
/// What is asked of storage when the process starts: many requests, each of which the storage client has repeated already. The host, too, asks again where its
/// storage fails while it starts.
/// </summary>
internal sealed class StorageStart(LiveConsole console)
{
    private const int Tries = 3;

    private readonly ResiliencePipeline retrying = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Tries - 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(StorageOutage.Caused),
            OnRetry = failed =>
            {
                console.WriteLine($"Storage does not answer: {failed.Outcome.Exception!.Message.Split('\n')[0].TrimEnd()} Trying again ...");
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>Does something that can be done again, up to three times as long as storage does not answer.</summary>
    /// <exception cref="RequestFailedException">Storage refused, or failed each time; several such failures of one request come in an <see cref="AggregateException"/>.</exception>
    public Task AskAsync(Func<CancellationToken, Task> request, CancellationToken cancellationToken) =>
        retrying.ExecuteAsync(async token => await request(token), cancellationToken).AsTask();
}
