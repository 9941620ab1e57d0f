using Denoised.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>The operator's endpoints; they require a function key.</summary>
public sealed class OperatorFunctions(ApiGuard guard, OperatorApi requests)
{
    [Function("RequestCollection")]
    public Task<IActionResult> RequestCollection(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "collections")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => requests.CollectAsync(request, cancellationToken), cancellationToken);

    [Function("RequestSummary")]
    public Task<IActionResult> RequestSummary(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "summaries")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => requests.SummarizeAsync(request, cancellationToken), cancellationToken);
}
