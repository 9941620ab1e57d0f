using System.Text.Json.Serialization.Metadata;
using Denoised.Publishing;

namespace Denoised.Api;

/// <summary>A parameter of an endpoint.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="In"><c>path</c> or <c>query</c>.</param>
/// <param name="Type">The JSON type of the value.</param>
/// <param name="Description">The parameter's effect.</param>
internal sealed record EndpointParameter(string Name, string In, string Type, string Description)
{
    /// <summary>Whether the parameter may occur several times.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether a query parameter is required; path parameters always are.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>An endpoint as listed in the OpenAPI description.</summary>
/// <param name="Function">The name of the function.</param>
/// <param name="Method"><c>get</c> or <c>post</c>.</param>
/// <param name="Path">The path below <c>/api</c>.</param>
/// <param name="Summary">The response, in one sentence.</param>
/// <param name="Response">The type of the JSON response; null for other formats.</param>
internal sealed record Endpoint(string Function, string Method, string Path, string Summary, JsonTypeInfo? Response)
{
    /// <summary>The media types of the response.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = ["application/json"];

    public IReadOnlyList<EndpointParameter> Parameters { get; init; } = [];

    /// <summary>Whether the request is a JSON-RPC message: public, and answered with 200 although it is a POST.</summary>
    public bool IsRpc { get; init; }

    /// <summary>The possible problem statuses, in addition to 500 and 503.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>All endpoints. A test compares them with the functions.</summary>
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GetDays", "get", "/days", "The listing days kept, newest first.", ApiJson.Default.DaysResponse),
        new("GetDay", "get", "/days/{day}", "A day's papers with their summaries, in arXiv's order.", ApiJson.Default.DayResponse)
        {
            Parameters =
            [
                new("day", "path", "string", "A date of the form yyyy-MM-dd, or latest."),
                new("tag", "query", "string", "Only papers with one of the given tags, by name or slug.") { IsRepeated = true },
                new("limit", "query", "integer", "The maximum number of papers in a response, 1 to 1000. Default: 500."),
                new("cursor", "query", "string", "The `next` value of the previous response."),
            ],
            Problems = [400, 404],
        },
        new("GetPaper", "get", "/papers/{id}", "One paper with all its fields.", PublishingJson.Default.PaperView)
        {
            Parameters = [new("id", "path", "string", "An arXiv identifier. In an old-style one, write the slash as /, %2F or ~.")],
            Problems = [400, 404],
        },
        new(
            "GetRelated", "get", "/papers/{id}/related", "The papers most similar to a paper, of the days kept, and its near-duplicates.",
            ApiJson.Default.RelatedResponse)
        {
            Parameters = [new("id", "path", "string", "An arXiv identifier. In an old-style one, write the slash as %2F or ~.")],
            Problems = [400, 404],
        },
        new("SearchPapers", "get", "/search", "Matching papers of all days kept, best first.", ApiJson.Default.SearchResponse)
        {
            Parameters =
            [
                new(
                    "q", "query", "string",
                    "Words, a name, a category or an arXiv identifier, which gives its paper alone. Finds papers with all words, or with most of them if none has all. "
                    + "Words match by their stem, with synonyms and despite typing mistakes; the last word may be a prefix. If omitted: all papers, newest first."),
                new(
                    "mode", "query", "string",
                    "words: papers that contain the words. meaning: the papers, at most 100, whose subject is most similar. both: the two rankings fused. Default: both."),
                new("tag", "query", "string", "Only papers with one of the given tags, by name or slug.") { IsRepeated = true },
                new("from", "query", "string", "The first listing day, yyyy-MM-dd."),
                new("to", "query", "string", "The last listing day, yyyy-MM-dd."),
                new("limit", "query", "integer", "The maximum number of papers in a response, 1 to 200. Default: 50."),
                new("cursor", "query", "string", "The `next` value of the previous response."),
            ],
            Problems = [400],
        },
        new("GetFeed", "get", "/feed.{format}", "The newest papers as a feed.", null)
        {
            MediaTypes = ["application/atom+xml", "application/feed+json"],
            Parameters =
            [
                new("format", "path", "string", "atom (Atom 1.0) or json (JSON Feed 1.1)."),
                new("tag", "query", "string", "Only papers with this tag, by name or slug."),
            ],
            Problems = [400, 404],
        },
        new("GetDigest", "get", "/digest.{format}", "A feed with one entry per listing day: overview, themes, central papers, counts.", null)
        {
            MediaTypes = ["application/atom+xml", "application/feed+json"],
            Parameters = [new("format", "path", "string", "atom (Atom 1.0) or json (JSON Feed 1.1).")],
            Problems = [404],
        },
        new("ExportPapers", "get", "/export", "Citations of papers.", null)
        {
            MediaTypes = ["application/x-bibtex", "application/x-research-info-systems", "application/vnd.citationstyles.csl+json"],
            Parameters =
            [
                new("ids", "query", "string", "arXiv identifiers separated by commas, at most 500.") { IsRequired = true },
                new("format", "query", "string", "bibtex, ris or csl-json. Default: bibtex."),
            ],
            Problems = [400, 404],
        },
        new(
            "GetStatus", "get", "/status", "Last and next collection, ledger of each day, backlog, failures, tokens and cost.",
            ApiJson.Default.StatusResponse),
        new("GetOpenApi", "get", "/openapi.json", "This description.", null),
        new("Mcp", "post", "/mcp", "The Model Context Protocol over stateless Streamable HTTP.", null) { IsRpc = true, Problems = [400, 413] },
        new("RequestCollection", "post", "/collections", "Requests a collection of arXiv's listings. Requires a function key.", ApiJson.Default.AcceptedResponse)
        {
            Parameters = [new("day", "query", "string", "A kept listing day to collect again.")],
            Problems = [400],
        },
        new(
            "RequestSummary", "post", "/summaries",
            "Requests a new summary of a paper by the model. The previous one is kept with the reason. Requires a function key.",
            ApiJson.Default.AcceptedResponse)
        {
            Parameters =
            [
                new("id", "query", "string", "An arXiv identifier.") { IsRequired = true },
                new("reason", "query", "string", "A short reason, stored with the previous summary."),
            ],
            Problems = [400, 404, 409],
        },
    ];
}
