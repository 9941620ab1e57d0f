using Denoised.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>The public HTTP API: search, feeds and export.</summary>
public sealed class SearchFunctions(ApiGuard guard, SearchApi search, FeedApi feeds, ExportApi export)
{
    [Function("SearchPapers")]
    public Task<IActionResult> SearchPapers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "search")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => search.GetAsync(request, cancellationToken), cancellationToken);

    [Function("GetFeed")]
    public Task<IActionResult> GetFeed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed.{format}")] HttpRequest request, string format, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => feeds.GetAsync(request, format, cancellationToken), cancellationToken);

    [Function("ExportPapers")]
    public Task<IActionResult> ExportPapers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "export")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => export.GetAsync(request, cancellationToken), cancellationToken);
}
