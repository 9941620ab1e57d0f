using Denoised.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Denoised.Api;

/// <summary>Converts exceptions of an endpoint to problem details without internals. The host itself would return an empty 500.</summary>
public sealed partial class ApiGuard(ILogger<ApiGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="cancellationToken">The request's token: if it is cancelled, the client has disconnected and needs no response.</param>
    public async Task<IActionResult> HandleAsync(Func<Task<IActionResult>> endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        try
        {
            return await endpoint();
        }
        catch (Exception exception) when (StorageErrors.IsMissingStore(exception))
        {
            return Problem.NotCollectedYet();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A timeout in the storage client is an OperationCanceledException, too.
            LogFailure(exception);
            return Problem.Failure("The request failed. Try again in a minute.");
        }
    }

    [LoggerMessage(LogLevel.Error, "An endpoint failed.")]
    private partial void LogFailure(Exception exception);
}
