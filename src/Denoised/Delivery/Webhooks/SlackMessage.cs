using System.Text;
using System.Text.Json.Nodes;
using Denoised.Publishing.Feeds;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// The message for an incoming webhook of Slack. Only <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped, as Slack documents: links and mentions
/// need one of them. <c>verbatim</c> keeps names and addresses in texts from becoming mentions and links. Sources:
/// https://docs.slack.dev/messaging/formatting-message-text, https://docs.slack.dev/reference/block-kit/blocks.
/// </summary>
internal static class SlackMessage
{
    private const int MaxHeader = 150;
    private const int MaxText = 2_000;
    private const int MaxTitle = 300;
    private const int MaxThemes = 8;
    private const int MaxThemeText = 300;

    /// <summary>Builds the message.</summary>
    public static JsonObject Build(Digest digest)
    {
        var blocks = new JsonArray(new JsonObject
        {
            ["type"] = "header",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = MessageText.Fit(digest.Title, MaxHeader), ["emoji"] = false },
        });
        if (digest.Paragraph is { } paragraph)
            blocks.Add(BuildSection(Escape(paragraph, MaxText)));
        blocks.Add(BuildSection(Escape(MessageText.Facts(digest), MaxText)));
        if (digest.Themes.Count > 0)
        {
            var themes = digest.Themes.Take(MaxThemes).Select(theme => $"• {Escape($"{MessageText.Heading(theme)}: {theme.Sentence}", MaxThemeText)}");
            blocks.Add(BuildSection(string.Join('\n', themes)));
        }

        blocks.Add(BuildSection($"*{digest.PapersHeading}*"));
        foreach (var paper in digest.Papers)
            blocks.Add(BuildSection($"{Link(paper.Address, paper.Title)}\n{Escape(paper.Byline, MaxTitle)}\n{Escape(MessageText.Statement(paper), MaxText)}"));
        blocks.Add(BuildSection(Link(digest.Address, "Read the digest")));

        // The text is for notifications, and for servers that know no blocks.
        return new JsonObject
        {
            ["text"] = $"{Escape(digest.Title, MaxTitle)}\n{Escape(digest.Paragraph ?? digest.Counts, MaxText)}\n{Link(digest.Address, "Read the digest")}",
            ["blocks"] = blocks,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
    }

    private static JsonObject BuildSection(string text) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true },
    };

    private static string Link(string address, string title) =>
        $"<{Escape(address.Replace("|", "%7C", StringComparison.Ordinal), int.MaxValue)}|{Escape(title, MaxTitle)}>";

    private static string Escape(string text, int maxLength) => MessageText.Fit(text, maxLength, Escape);

    private static string Escape(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => rune.ToString(),
    };
}
