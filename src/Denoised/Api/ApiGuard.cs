using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Denoised.Api;

/// <summary>Turns what an endpoint throws into a problem that names no inner part; the host would answer with an empty 500.</summary>
public sealed partial class ApiGuard(ILogger<ApiGuard> logger)
{
    /// <summary>Runs an endpoint.</summary>
    public async Task<IActionResult> AnswerAsync(Func<Task<IActionResult>> endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        try
        {
            return await endpoint();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
            return Problem.Failure("The answer could not be made. Try again in a minute.");
        }
    }

    [LoggerMessage(LogLevel.Error, "An endpoint failed.")]
    private partial void LogFailure(Exception exception);
}
