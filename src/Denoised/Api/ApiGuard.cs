using Denoised.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Denoised.Api;

/// <summary>Turns what an endpoint throws into a problem that names no inner part; the host would answer with an empty 500.</summary>
public sealed partial class ApiGuard(ILogger<ApiGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="cancellationToken">The request's: only when it is cancelled does nobody wait for an answer.</param>
    public async Task<IActionResult> AnswerAsync(Func<Task<IActionResult>> endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        try
        {
            return await endpoint();
        }
        catch (Exception exception) when (StorageOutage.IsMissingStore(exception))
        {
            return Problem.NotCollectedYet();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A time-out of the storage client is an OperationCanceledException, too.
            LogFailure(exception);
            return Problem.Failure("The answer could not be made. Try again in a minute.");
        }
    }

    [LoggerMessage(LogLevel.Error, "An endpoint failed.")]
    private partial void LogFailure(Exception exception);
}
