using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Citations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Denoised.Api.Mcp;

/// <summary>The tools: days, papers, search, overview and citations. All of them only read.</summary>
public sealed partial class McpTools
{
    /// <summary>A longer answer would fill much of a model's context.</summary>
    private const int MaxAnswerBytes = 256 * 1024;

    private const int DefaultLimit = 10;
    private const int MaxLimit = 50;
    private const int MaxCited = 50;
    private const int MaxAuthors = 100;
    private const string Latest = "latest";

    private static readonly TimeSpan listLifetime = TimeSpan.FromHours(1);

    private static readonly McpArgument limit = new("limit", $"The most papers in the answer; {DefaultLimit} if absent.") { MaxNumber = MaxLimit };
    private static readonly McpArgument cursor = new("cursor", "The 'next' of the previous answer to the same call; absent for the first page.");
    private static readonly McpArgument tag = new("tag", "Only papers with one of these tags.") { Values = Tag.All, MaxItems = Tag.All.Count };

    private readonly ILogger<McpTools> logger;
    private readonly IReadOnlyDictionary<string, McpTool> tools;

    /// <summary>Creates the tools.</summary>
    public McpTools(ApiCaller api, IOptions<PublishingOptions> options, ILogger<McpTools> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.logger = logger;
        var site = SiteAddress.Of(options.Value);
        McpTool[] all =
        [
            McpTool.Of(
                "list_days",
                "List days",
                "Lists the listing days that are held, newest first, with the number of papers in each state and the tags.",
                [],
                (_, cancellationToken) => api.GetDaysAsync(cancellationToken)),
            McpTool.Of(
                "list_papers",
                "List papers of a day",
                "Lists a day's papers in arXiv's order, each with its TL;DR, its key points and the sentences of the paper that they rest on.",
                [new("day", "A date of the form yyyy-MM-dd from list_days, or 'latest'; 'latest' if absent."), tag, limit, cursor],
                async (call, cancellationToken) =>
                {
                    var day = await api.GetDayAsync(
                        call.GetText("day") ?? Latest, call.GetList("tag"), call.GetNumber("limit", DefaultLimit), call.GetText("cursor"), cancellationToken);
                    return new PaperList { Total = day.Total, Papers = [.. day.Papers.Select(paper => ListedPaper.Of(paper, site))], Next = day.Next };
                }),
            McpTool.Of(
                "get_paper",
                "Read a paper's summary",
                "Returns one paper: abstract, metadata, and the summary with the sentences of the paper that each statement rests on.",
                [new("id", "An arXiv identifier, such as 2603.15569 or math/0211159.") { IsRequired = true, MaxLength = 60 }],
                async (call, cancellationToken) =>
                {
                    var paper = await api.GetPaperAsync(call.GetText("id")!, cancellationToken);
                    return paper with { Authors = [.. paper.Authors.Take(MaxAuthors)], Previous = [] };
                }),
            McpTool.Of("search", "Search papers", "Searches the papers of all days that are held, best match first.",
                [
                    new("query", "What to search for.") { IsRequired = true },
                    new(
                        "mode",
                        "'words' finds papers that contain the words; 'meaning' finds papers about the same subject, also in other words; 'both' (if absent) fuses the two.") { Values = SearchApi.Modes },
                    tag, new("from", "The first listing day, yyyy-MM-dd."), new("to", "The last listing day, yyyy-MM-dd."), limit, cursor,
                ],
                async (call, cancellationToken) =>
                {
                    var found = await api.SearchAsync(
                        call.GetText("query")!,
                        call.GetText("mode"),
                        call.GetList("tag"),
                        call.GetText("from"),
                        call.GetText("to"),
                        call.GetNumber("limit", DefaultLimit),
                        call.GetText("cursor"),
                        cancellationToken);
                    return new PaperList { Total = found.Total, Papers = [.. found.Papers.Select(paper => ListedPaper.Of(paper, site))], Next = found.Next };
                }),
            McpTool.Of(
                "day_overview",
                "Overview of a day",
                "Returns what a day is about: a paragraph, three to five themes with their papers, counts and tags. A day with few papers has no overview.",
                [new("day", "A date of the form yyyy-MM-dd from list_days, or 'latest'; 'latest' if absent.")],
                async (call, cancellationToken) =>
                    DayOverview.Of(await api.GetDayAsync(call.GetText("day") ?? Latest, [], limit: 1, cursor: null, cancellationToken))),
            McpTool.Of("cite", "Cite papers", "Returns the citations of papers for a reference manager.",
                [
                    new("ids", "arXiv identifiers, such as 2603.15569.") { IsRequired = true, MaxItems = MaxCited, MaxLength = 60 },
                    new("format", "'bibtex' if absent.") { Values = [.. CitationFormat.All.Select(format => format.Name)] },
                ],
                async (call, cancellationToken) =>
                {
                    var format = call.GetText("format") ?? CitationFormat.All[0].Name;
                    return new Citations { Format = format, Text = await api.ExportAsync(call.GetList("ids"), format, cancellationToken) };
                }),
        ];
        tools = all.ToDictionary(tool => tool.Description.Name, StringComparer.Ordinal);
    }

    /// <summary>Describes the tools.</summary>
    internal ListToolsResult List() =>
        new() { Tools = [.. tools.Values.Select(tool => tool.Description)], TimeToLive = listLifetime, CacheScope = CacheScope.Public };

    /// <summary>Calls a tool. An error that the caller can correct is the result of the call, so that the model sees it.</summary>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    internal async Task<CallToolResult> CallAsync(CallToolRequestParams? call, CancellationToken cancellationToken)
    {
        if (call?.Name is null || !tools.TryGetValue(call.Name, out var tool))
            throw new McpProtocolException(
                $"There is no tool '{Problem.Shorten(call?.Name ?? "")}'. The tools are: {string.Join(", ", tools.Keys)}.",
                McpErrorCode.InvalidParams);

        try
        {
            var json = await tool.AnswerAsync(new McpArguments(call.Name, tool.Arguments, call.Arguments), cancellationToken);
            var length = Encoding.UTF8.GetByteCount(json);
            if (length > MaxAnswerBytes)
                return CreateFailure($"The answer would have {length / 1024} KB, more than {MaxAnswerBytes / 1024} KB. Ask for fewer papers ('limit', 'ids').");
            return new CallToolResult { Content = [new TextContentBlock { Text = json }], StructuredContent = JsonElement.Parse(json) };
        }
        catch (McpException exception)
        {
            return CreateFailure(exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailure(exception, call.Name);
            return CreateFailure("The request failed. Try again in a minute.");
        }
    }

    [LoggerMessage(LogLevel.Error, "The tool '{Tool}' failed.")]
    private partial void LogFailure(Exception exception, string tool);

    private static CallToolResult CreateFailure(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
}

/// <summary>A tool.</summary>
/// <param name="Description">Its description for clients.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="AnswerAsync">Answers a call with JSON of the output schema.</param>
internal sealed record McpTool(
    ModelContextProtocol.Protocol.Tool Description,
    IReadOnlyList<McpArgument> Arguments,
    Func<McpArguments, CancellationToken, Task<string>> AnswerAsync)
{
    /// <summary>Creates a tool whose response has a type.</summary>
    public static McpTool Of<T>(
        string name,
        string title,
        string description,
        IReadOnlyList<McpArgument> arguments,
        Func<McpArguments, CancellationToken, Task<T>> answer)
    {
        var input = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(arguments.Select(argument => KeyValuePair.Create(argument.Name, (JsonNode?)argument.Schema()))),
            ["required"] = new JsonArray([.. arguments.Where(argument => argument.IsRequired).Select(argument => (JsonNode)argument.Name)]),
            ["additionalProperties"] = false,
        };
        var tool = new ModelContextProtocol.Protocol.Tool
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = JsonElement.Parse(input.ToJsonString()),
            OutputSchema = McpSerializer.SchemaOf<T>(),
            Annotations = new ToolAnnotations { Title = title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        };
        return new McpTool(tool, arguments, async (call, cancellationToken) => McpSerializer.Write(await answer(call, cancellationToken)));
    }
}
