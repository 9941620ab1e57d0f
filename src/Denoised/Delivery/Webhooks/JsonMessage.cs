using System.Globalization;
using System.Text.Json.Nodes;
using Denoised.Publishing.Feeds;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// The message for programs: the digest, not shortened. Names and types are part of the product's interface; docs/delivery.md describes them.
/// </summary>
internal static class JsonMessage
{
    /// <summary>Builds the message.</summary>
    public static JsonObject Build(DeliveryContent content)
    {
        var (entry, digest) = content;
        return new JsonObject
        {
            ["type"] = "digest.published",
            // The same for each attempt, as the identifier of the message.
            ["timestamp"] = entry.ReadAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["day"] = digest.Day.ToString(),
                ["title"] = digest.Title,
                ["url"] = digest.Address,
                ["language"] = digest.Language ?? "en",
                ["counts"] = new JsonObject
                {
                    ["announced"] = entry.Counts.Announced,
                    ["summarized"] = entry.Counts.Summarized,
                    ["extractive"] = entry.Counts.Extractive,
                    ["failed"] = entry.Counts.Failed,
                },
                ["overview"] = digest.Paragraph,
                ["notes"] = ToArray(digest.Notes, note => note),
                ["themes"] = ToArray(digest.Themes, BuildTheme),
                ["papers"] = ToArray(digest.Papers, BuildPaper),
            },
        };
    }

    private static JsonNode BuildTheme(DigestTheme theme) => new JsonObject
    {
        ["title"] = theme.Title,
        ["sentence"] = theme.Sentence,
        ["papers"] = theme.Count,
    };

    private static JsonNode BuildPaper(DigestPaper paper) => new JsonObject
    {
        ["id"] = paper.Id.Value,
        ["title"] = paper.Title,
        ["url"] = paper.Address,
        ["authors"] = paper.Byline,
        ["statements"] = ToArray(paper.Tldr is { } tldr ? [tldr] : paper.Claims, claim => claim),
    };

    private static JsonArray ToArray<T>(IReadOnlyList<T> items, Func<T, JsonNode> build) => new([.. items.Select(build)]);
}
