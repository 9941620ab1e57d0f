using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Denoised.Api;

/// <summary><c>GET /api/feed.atom</c>, <c>/api/feed.json</c>: the site's feeds, for clients that know only the API.</summary>
public sealed class FeedApi(PublishedEdition published, PublishedPapers papers, ResponseCache cache, IOptions<PublishingOptions> options)
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
            var self = options.Value.ApiAddress is { Length: > 0 } api
                ? $"{api.TrimEnd('/')}/feed.{format}{(tag is null ? "" : $"?tag={Tag.Slug(tag)}")}"
                : null;
            var feed = Feed.Of(edition.Index, Feed.EntriesOf(edition, site), tag, site, self);
            return format == "atom"
                ? new Representation(FeedAtom.Write(feed), FeedAtom.ContentType)
                : new Representation(FeedJson.Write(feed), FeedJson.ContentType);
        }, cancellationToken);
        return new RepresentationResult(answer!);
    }

    /// <summary><c>GET /api/digest.atom</c>, <c>/api/digest.json</c>: one entry a listing day.</summary>
    /// <param name="format"><c>atom</c> or <c>json</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetDigestAsync(string format, CancellationToken cancellationToken)
    {
        if (format is not ("atom" or "json"))
            return Problem.NotFound($"There is no digest.{Problem.Shorten(format)}, but digest.atom and digest.json.");

        var answer = await cache.GetAsync($"digest.{format}", async token =>
        {
            var (edition, _) = await published.ReadAsync(token);
            var overviews = new Dictionary<ListingDay, OverviewView>();
            foreach (var day in edition.Index.Days)
            {
                if (await papers.ReadOverviewAsync(day, token) is { } overview)
                    overviews[day.Day] = overview;
            }

            var self = options.Value.ApiAddress is { Length: > 0 } api ? $"{api.TrimEnd('/')}/digest.{format}" : null;
            var feed = DigestFeed.Of(edition, overviews, SiteAddress.Of(options.Value), self);
            return format == "atom"
                ? new Representation(FeedAtom.Write(feed), FeedAtom.ContentType)
                : new Representation(FeedJson.Write(feed), FeedJson.ContentType);
        }, cancellationToken);
        return new RepresentationResult(answer!);
    }
}
