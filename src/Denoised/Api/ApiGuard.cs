using System.Runtime.CompilerServices;
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
    /// <param name="function">The name of the function, for the log.</param>
    public async Task<IActionResult> HandleAsync(Func<Task<IActionResult>> endpoint, CancellationToken cancellationToken = default, [CallerMemberName] string function = "")
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
            LogFailure(exception, function);
            return Problem.Failure("The request failed. Try again in a minute.");
        }
    }

    [LoggerMessage(LogLevel.Error, "HTTP endpoint {Function} failed.")]
    private partial void LogFailure(Exception exception, string function);
}
