using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Denoised.Api;

/// <summary>
/// Writes a <see cref="Representation"/>: content negotiation, conditional requests (304) and HEAD. Functions have no middleware for this.
/// The type has no public properties: the Functions worker serializes the public properties of an HTTP result and sends them to the host with every
/// response.
/// </summary>
public sealed class RepresentationResult(
    Representation representation,
    int statusCode = StatusCodes.Status200OK,
    string cacheControl = "public, max-age=60",
    TimeSpan? retryAfter = null) : IActionResult
{
    /// <summary>The response body.</summary>
    internal Representation Representation { get; } = representation;

    /// <summary>The status code; a conditional request may turn 200 into 304.</summary>
    internal int StatusCode { get; } = statusCode;

    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var headers = response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        if (retryAfter is { } pause)
            headers.RetryAfter = ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        if (StatusCode == StatusCodes.Status200OK)
        {
            headers.ETag = Representation.ETag;
            if (IsHeldByClient(request.Headers.IfNoneMatch))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        var encoding = Representation.Negotiate(request.Headers.AcceptEncoding);
        var body = Representation.GetBody(encoding);
        response.StatusCode = StatusCode;
        headers.ContentType = Representation.ContentType;
        headers.ContentLength = body.Length;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(body, context.HttpContext.RequestAborted);
    }

    private bool IsHeldByClient(StringValues ifNoneMatch) =>
        ifNoneMatch.Sum(value => value?.Length ?? 0) <= Representation.MaxHeaderLength
        && EntityTagHeaderValue.TryParseList([.. ifNoneMatch.OfType<string>()], out var held)
        && EntityTagHeaderValue.Parse(Representation.ETag) is var own
        && held.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
}
