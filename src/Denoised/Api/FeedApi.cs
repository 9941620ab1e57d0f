using Denoised.Publishing;
using Denoised.Publishing.Feeds;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Denoised.Api;

/// <summary><c>GET /api/feed.atom</c>, <c>/api/feed.json</c>: the site's feeds, for clients that know only the API.</summary>
public sealed class FeedApi(PublishedEdition published, ResponseCache cache, IOptions<PublishingOptions> options)
{
    /// <summary>Handles the request.</summary>
    /// <param name="request">Query parameter: <c>tag</c>, one tag by name or slug.</param>
    /// <param name="format"><c>atom</c> or <c>json</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetAsync(HttpRequest request, string format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (format is not ("atom" or "json"))
            return Problem.NotFound($"There is no feed.{Problem.Shorten(format)}, but feed.atom and feed.json.");
        if (!RequestQuery.TryReadTags(request, out var tags, out var problem))
            return problem;
        if (tags.Count > 1)
            return Problem.BadRequest("A feed is for one tag or for all papers.");

        var tag = tags.SingleOrDefault();
        var answer = await cache.GetAsync($"feed.{format}|{tag}", async token =>
        {
            var (edition, _) = await published.ReadAsync(token);
            var site = SiteAddress.Of(options.Value);
            var self = options.Value.ApiAddress is { Length: > 0 } api ? $"{api.TrimEnd('/')}/feed.{format}{(tag is null ? "" : $"?tag={Domain.Tag.Slug(tag)}")}" : null;
            var feed = Feed.Of(edition.Index, Feed.EntriesOf(edition, site), tag, site, self);
            return format == "atom" ? new Representation(FeedAtom.Write(feed), FeedAtom.ContentType) : new Representation(FeedJson.Write(feed), FeedJson.ContentType);
        }, cancellationToken);
        return new RepresentationResult(answer!);
    }
}
