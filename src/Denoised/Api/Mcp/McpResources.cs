using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Denoised.Api.Mcp;

/// <summary>The resources: a day and a paper.</summary>
public sealed class McpResources(ApiCaller api)
{
    private const string DayPrefix = "denoised://days/";
    private const string PaperPrefix = "denoised://papers/";
    private const string Json = "application/json";
    private const int MaxPapers = 1000;

    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Lists the days that are held. Papers are found by tools.</summary>
    internal async Task<ListResourcesResult> ListAsync(CancellationToken cancellationToken)
    {
        var days = await api.GetDaysAsync(cancellationToken);
        return new ListResourcesResult
        {
            Resources = [.. days.Days.Select(day => new Resource
            {
                Uri = $"{DayPrefix}{day.Day}",
                Name = day.Day.ToString(),
                Title = $"arXiv's machine learning papers of {day.Day}",
                Description = $"{day.Counts.Announced} papers: overview, themes, counts and titles.",
                MimeType = Json,
            })],
            TimeToLive = lifetime,
            CacheScope = CacheScope.Public,
        };
    }

    /// <summary>Describes the addresses of days and papers.</summary>
    internal static ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                UriTemplate = DayPrefix + "{day}",
                Name = "day",
                Title = "A listing day",
                Description = "Overview, themes, counts and titles of a day; 'day' is yyyy-MM-dd or latest.",
                MimeType = Json,
            },
            new ResourceTemplate
            {
                UriTemplate = PaperPrefix + "{id}",
                Name = "paper",
                Title = "A paper",
                Description = "A paper with its summary and quotes; 'id' is an arXiv identifier, with ~ instead of a slash.",
                MimeType = Json,
            },
        ],
        TimeToLive = lifetime,
        CacheScope = CacheScope.Public,
    };

    /// <summary>Reads a resource.</summary>
    /// <exception cref="McpProtocolException">There is no such resource; the message says why.</exception>
    internal async Task<ReadResourceResult> ReadAsync(string? uri, CancellationToken cancellationToken)
    {
        try
        {
            var json = uri switch
            {
                not null when uri.StartsWith(DayPrefix, StringComparison.Ordinal) =>
                    McpSerializer.Write(await ReadDayAsync(uri[DayPrefix.Length..], cancellationToken)),
                not null when uri.StartsWith(PaperPrefix, StringComparison.Ordinal) =>
                    McpSerializer.Write(await api.GetPaperAsync(uri[PaperPrefix.Length..], cancellationToken)),
                _ => throw new McpException($"There is no resource '{Problem.Shorten(uri ?? "")}'. Addresses are {DayPrefix}{{day}} and {PaperPrefix}{{id}}."),
            };
            return new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = json }],
                TimeToLive = lifetime,
                CacheScope = CacheScope.Public,
            };
        }
        catch (McpException exception) when (exception is not McpProtocolException)
        {
            throw new McpProtocolException(exception.Message, exception, McpErrorCode.ResourceNotFound);
        }
    }

    private async Task<DayResource> ReadDayAsync(string name, CancellationToken cancellationToken)
    {
        var day = await api.GetDayAsync(name, [], MaxPapers, cursor: null, cancellationToken);
        return new DayResource { Overview = DayOverview.Of(day), Papers = [.. day.Papers.Select(paper => new ThemePaper(paper.Id, paper.Title))] };
    }
}
