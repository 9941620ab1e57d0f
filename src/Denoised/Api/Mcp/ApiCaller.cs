using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using ModelContextProtocol;

namespace Denoised.Api.Mcp;

/// <summary>
/// Calls endpoints of the HTTP API in this process: tools and resources have the API's validation, cache and content. A problem becomes an
/// <see cref="McpException"/>, whose message the client receives.
/// </summary>
public sealed class ApiCaller(ApiGuard guard, PapersApi papers, SearchApi search, ExportApi export)
{
    internal Task<DaysResponse> GetDaysAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => papers.GetDaysAsync(cancellationToken), ApiJson.Default.DaysResponse, cancellationToken);

    internal Task<DayResponse> GetDayAsync(string day, IEnumerable<string> tags, int limit, string? cursor, CancellationToken cancellationToken) =>
        ReadAsync(() => papers.GetDayAsync(Request(tags, limit, cursor), day, cancellationToken), ApiJson.Default.DayResponse, cancellationToken);

    internal Task<PaperView> GetPaperAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(() => papers.GetPaperAsync(id, cancellationToken), PublishingJson.Default.PaperView, cancellationToken);

    internal Task<SearchResponse> SearchAsync(
        string query,
        string? mode,
        IEnumerable<string> tags,
        string? from,
        string? to,
        int limit,
        string? cursor,
        CancellationToken cancellationToken) =>
        ReadAsync(
            () => search.GetAsync(Request(tags, limit, cursor, ("q", query), ("mode", mode), ("from", from), ("to", to)), cancellationToken),
            ApiJson.Default.SearchResponse,
            cancellationToken);

    internal async Task<string> ExportAsync(IEnumerable<string> ids, string format, CancellationToken cancellationToken)
    {
        var representation = await CallAsync(
            () => export.GetAsync(Request([], limit: null, cursor: null, ("ids", string.Join(',', ids)), ("format", format)), cancellationToken),
            cancellationToken);
        return Encoding.UTF8.GetString(representation.Body);
    }

    /// <summary>Builds a request with the query parameters that are not null.</summary>
    private static HttpRequest Request(IEnumerable<string> tags, int? limit, string? cursor, params (string Name, string? Value)[] others)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in others
            .Concat(tags.Select(tag => ("tag", (string?)tag)))
            .Append(("limit", limit?.ToString(CultureInfo.InvariantCulture)))
            .Append(("cursor", cursor)))
        {
            if (value is not null)
                query.Add(name, value);
        }

        return new DefaultHttpContext { Request = { QueryString = query.ToQueryString() } }.Request;
    }

    /// <summary>Converts a problem response to an <see cref="McpException"/>.</summary>
    private static McpException CreateException(IActionResult problem) =>
        new(JsonSerializer.Deserialize(((RepresentationResult)problem).Representation.Body, ApiJson.Default.Problem)!.Detail);

    private async Task<T> ReadAsync<T>(Func<Task<IActionResult>> endpoint, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize((await CallAsync(endpoint, cancellationToken)).Body, type)!;

    private async Task<Representation> CallAsync(Func<Task<IActionResult>> endpoint, CancellationToken cancellationToken)
    {
        var result = (RepresentationResult)await guard.HandleAsync(endpoint, cancellationToken);
        return result.StatusCode == StatusCodes.Status200OK ? result.Representation : throw CreateException(result);
    }
}
