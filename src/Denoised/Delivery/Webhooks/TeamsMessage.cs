using System.Text.Json.Nodes;
using Denoised.Publishing.Feeds;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// The message for a workflow of Microsoft Teams: an Adaptive Card of rich text, which has no Markdown. Sources:
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook,
/// https://adaptivecards.io/explorer/TextRun.html.
/// </summary>
internal static class TeamsMessage
{
    private const int MaxParagraph = 1_200;
    private const int MaxFacts = 400;
    private const int MaxThemes = 6;
    private const int MaxThemeTitle = 80;
    private const int MaxThemeText = 160;
    private const int MaxTitle = 200;
    private const int MaxByline = 100;
    private const int MaxStatement = 350;

    /// <summary>The maximum size of a message.</summary>
    internal const int MaxBytes = 28 * 1_024;

    /// <summary>Builds the message. Texts whose characters take many bytes are shortened further.</summary>
    public static JsonObject Build(Digest digest)
    {
        var message = Build(digest, 1);
        return MessageText.ToUtf8(message).Length <= MaxBytes ? message : Build(digest, 2);
    }

    private static JsonObject Build(Digest digest, int divisor)
    {
        var body = new JsonArray(BuildBlock(BuildRun(digest.Title, MaxTitle / divisor, ("size", "Large"), ("weight", "Bolder"))));
        if (digest.Paragraph is { } paragraph)
            body.Add(BuildBlock(BuildRun(paragraph, MaxParagraph / divisor)));
        body.Add(BuildBlock(BuildRun(MessageText.Facts(digest), MaxFacts / divisor, ("isSubtle", true))));
        foreach (var theme in digest.Themes.Take(MaxThemes))
        {
            var heading = BuildRun(MessageText.Heading(theme), MaxThemeTitle / divisor, ("weight", "Bolder"));
            body.Add(theme.Sentence is { } sentence ? BuildBlock(heading, BuildRun($" {sentence}", MaxThemeText / divisor)) : BuildBlock(heading));
        }

        body.Add(BuildBlock(BuildRun(digest.PapersHeading, MaxTitle / divisor, ("size", "Medium"), ("weight", "Bolder"))));
        foreach (var paper in digest.Papers)
        {
            body.Add(BuildBlock(BuildRun(paper.Title, MaxTitle / divisor, ("weight", "Bolder"), ("selectAction", OpenUrl(paper.Address)))));
            var byline = BuildRun($"{paper.Byline} ", MaxByline / divisor, ("isSubtle", true));
            body.Add(BuildBlock(byline, BuildRun(MessageText.Statement(paper), MaxStatement / divisor)));
        }

        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["body"] = body,
                    ["actions"] = new JsonArray(OpenUrl(digest.Address, "Read the digest")),
                    ["msteams"] = new JsonObject { ["width"] = "Full" },
                },
            }),
        };
    }

    private static JsonObject BuildBlock(params JsonObject[] runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(runs) };

    private static JsonObject BuildRun(string text, int maxLength, params (string Name, JsonNode Value)[] properties)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = MessageText.Fit(text, maxLength) };
        foreach (var (name, value) in properties)
            run[name] = value;
        return run;
    }

    private static JsonObject OpenUrl(string address, string? title = null)
    {
        var action = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = address };
        if (title is not null)
            action["title"] = title;
        return action;
    }
}
