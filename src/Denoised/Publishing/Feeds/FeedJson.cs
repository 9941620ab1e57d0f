using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Publishing.Feeds;

/// <summary>Writes feeds as JSON Feed 1.1. Source: https://www.jsonfeed.org/version/1.1/.</summary>
internal sealed record FeedJson(
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("home_page_url")] string? HomePageUrl,
    [property: JsonPropertyName("feed_url")] string? FeedUrl,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("items")] IReadOnlyList<FeedJsonItem> Items)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/feed+json; charset=utf-8";

    // The relaxed encoder keeps letters readable and halves the file. It is safe because the output is never embedded in a page.
    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a feed.</summary>
    public static byte[] Write(Feed feed)
    {
        var json = new FeedJson(
            "https://jsonfeed.org/version/1.1",
            feed.Title,
            feed.HomePage,
            feed.Self,
            Feed.Description,
            "en",
            [.. feed.Entries.Select(entry => new FeedJsonItem(
                entry.Id,
                entry.Address,
                entry.Address == entry.ArxivAddress ? null : entry.ArxivAddress,
                entry.Title,
                entry.Html,
                entry.Description,
                entry.Published,
                entry.Updated,
                entry.Authors.Count == 0 ? null : [.. entry.Authors.Select(author => new FeedJsonAuthor(author))],
                [.. entry.Tags, .. entry.Categories],
                entry.Language))]);

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, readable))
            JsonSerializer.Serialize(writer, json, PublishingJson.Default.FeedJson);
        return bytes.ToArray();
    }
}

/// <summary>An item of a JSON Feed.</summary>
internal sealed record FeedJsonItem(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("external_url")] string? ExternalUrl,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("content_html")] string ContentHtml,
    [property: JsonPropertyName("summary")] string Summary,
    [property: JsonPropertyName("date_published")] DateTimeOffset DatePublished,
    [property: JsonPropertyName("date_modified")] DateTimeOffset DateModified,
    [property: JsonPropertyName("authors")] IReadOnlyList<FeedJsonAuthor>? Authors,
    [property: JsonPropertyName("tags")] IReadOnlyList<string> Tags,
    [property: JsonPropertyName("language")] string? Language);

/// <summary>An author in a JSON Feed.</summary>
internal sealed record FeedJsonAuthor([property: JsonPropertyName("name")] string Name);
