using Denoised.Api;
using Denoised.Api.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>The Model Context Protocol, for assistants.</summary>
public sealed class McpFunctions(ApiGuard guard, McpApi mcp)
{
    [Function("Mcp")]
    public Task<IActionResult> Mcp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "mcp")] HttpRequest request, CancellationToken cancellationToken) =>
        guard.HandleAsync(() => mcp.AnswerAsync(request, cancellationToken), cancellationToken);
}
