using Denoised.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>The public HTTP API: the digest of each day.</summary>
public sealed class DigestFunctions(ApiGuard guard, FeedApi feeds)
{
    [Function("GetDigest")]
    public Task<IActionResult> GetDigest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "digest.{format}")] HttpRequest request, string format, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => feeds.GetDigestAsync(format, cancellationToken), cancellationToken);
}
