using System.Text;
using System.Text.Json.Nodes;
using Denoised.Publishing.Feeds;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// The message for a webhook of Discord: one embed. The maximum lengths add up to less than 6,000, the limit of all texts of an embed together. Sources:
/// https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
/// https://support.discord.com/hc/en-us/articles/210298617 (a backslash before any of these characters makes it plain).
/// </summary>
internal static class DiscordMessage
{
    private const string Markdown = @"\*_~`|<>#[]()-:@";
    private const int MaxTitle = 256;
    private const int MaxDescription = 1_700;
    private const int MaxThemes = 5;
    private const int MaxThemeText = 180;
    private const int MaxPaperTitle = 200;
    private const int MaxByline = 80;
    private const int MaxStatement = 250;

    /// <summary>Builds the message.</summary>
    public static JsonObject Build(Digest digest)
    {
        var fields = new JsonArray();
        if (digest.Themes.Count > 0)
        {
            var themes = digest.Themes.Take(MaxThemes).Select(theme => Escape($"{MessageText.Heading(theme)}: {theme.Sentence}", MaxThemeText));
            fields.Add(BuildField("Themes", string.Join('\n', themes)));
        }

        foreach (var paper in digest.Papers)
        {
            var texts = new[] { Escape(paper.Byline, MaxByline), Escape(MessageText.Statement(paper), MaxStatement), $"[Read]({paper.Address})" };
            fields.Add(BuildField(Escape(paper.Title, MaxPaperTitle), string.Join('\n', texts.Where(text => text.Length > 0))));
        }

        return new JsonObject
        {
            ["embeds"] = new JsonArray(new JsonObject
            {
                ["title"] = Escape(digest.Title, MaxTitle),
                ["url"] = digest.Address,
                ["description"] = Escape(string.Join(' ', new[] { digest.Paragraph, MessageText.Facts(digest) }.OfType<string>()), MaxDescription),
                ["fields"] = fields,
            }),
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
    }

    private static JsonObject BuildField(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static string Escape(string text, int maxLength) =>
        MessageText.Fit(
            text, maxLength, static rune => rune.IsAscii && Markdown.Contains((char)rune.Value, StringComparison.Ordinal) ? $"\\{rune}" : rune.ToString());
}
