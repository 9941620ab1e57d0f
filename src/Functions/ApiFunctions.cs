using Denoised.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>The public HTTP API: days, papers, related papers, status and the OpenAPI description.</summary>
public sealed class ApiFunctions(ApiGuard guard, PapersApi papers, RelatedApi related, StatusApi status, OpenApi description)
{
    [Function("GetDays")]
    public Task<IActionResult> GetDays(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "days")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => papers.GetDaysAsync(cancellationToken), cancellationToken);

    [Function("GetDay")]
    public Task<IActionResult> GetDay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "days/{day}")] HttpRequest request, string day, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => papers.GetDayAsync(request, day, cancellationToken), cancellationToken);

    [Function("GetPaper")]
    public Task<IActionResult> GetPaper(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "papers/{*id}")] HttpRequest request, string? id, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => papers.GetPaperAsync(id, cancellationToken), cancellationToken);

    // The literal segment gives this route precedence over papers/{*id}.
    [Function("GetRelated")]
    public Task<IActionResult> GetRelated(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "papers/{id}/related")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => related.GetAsync(id, cancellationToken), cancellationToken);

    [Function("GetStatus")]
    public Task<IActionResult> GetStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => status.GetAsync(cancellationToken), cancellationToken);

    [Function("GetOpenApi")]
    public Task<IActionResult> GetOpenApi(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => Task.FromResult(description.Get()), cancellationToken);
}
