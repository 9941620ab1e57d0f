using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.Delivery;
using Denoised.Delivery.Webhooks;
using Denoised.Domain;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Denoised.Tests.Publishing.Pages;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Delivery;

/// <summary>The body of each format: complete, within the limits of the service, and without markup from papers.</summary>
public sealed partial class WebhookMessageTests(StorageFixture storage)
{
    private const string Hostile = "<!channel> <@U1> <https://evil.example|here> *b* _i_ ~s~ `c` [x](https://evil.example) @everyone # h > q & \\ | \"x\"";

    [Theory]
    [InlineData(WebhookFormat.Slack)]
    [InlineData(WebhookFormat.Teams)]
    [InlineData(WebhookFormat.Discord)]
    [InlineData(WebhookFormat.Json)]
    public void Each_format_contains_overview_counts_themes_papers_and_the_link(WebhookFormat format)
    {
        var texts = string.Join('\n', Texts(Write(format, Create("A plain text", 1))));
        Assert.All(["Overview A plain text", "Theme A plain text", "Title A plain text", "Claim A plain text", "https://site.example/days/2026-03-17/digest/", "https://site.example/papers/2603.00005/"], text => Assert.Contains(text, texts.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal));
        if (format != WebhookFormat.Json)
            Assert.Contains("1,234 announced", texts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("unbreakable")]
    [InlineData("&<>*_|")]
    [InlineData("ж")]
    [InlineData("𝕄")]
    [InlineData("€")]
    [InlineData("\"\\")]
    public void The_longest_texts_stay_within_the_limits_of_the_services(string piece)
    {
        var digest = Create(piece, 2_000);

        var slack = Write(WebhookFormat.Slack, digest);
        var blocks = slack.GetProperty("blocks").EnumerateArray().ToList();
        Assert.InRange(blocks.Count, 5, 50);
        Assert.InRange(blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150);
        Assert.All(blocks, block => Assert.InRange(block.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 3_000));
        Assert.InRange(slack.GetProperty("text").GetString()!.Length, 1, 40_000);

        var embed = Assert.Single(Write(WebhookFormat.Discord, digest).GetProperty("embeds").EnumerateArray());
        var fields = embed.GetProperty("fields").EnumerateArray().ToList();
        Assert.InRange(embed.GetProperty("title").GetString()!.Length, 1, 256);
        Assert.InRange(embed.GetProperty("description").GetString()!.Length, 1, 4_096);
        Assert.InRange(fields.Count, 6, 25);
        Assert.All(fields, field => Assert.InRange(field.GetProperty("name").GetString()!.Length, 1, 256));
        Assert.All(fields, field => Assert.InRange(field.GetProperty("value").GetString()!.Length, 1, 1_024));
        Assert.InRange(
            embed.GetProperty("title").GetString()!.Length + embed.GetProperty("description").GetString()!.Length
                + fields.Sum(field => field.GetProperty("name").GetString()!.Length + field.GetProperty("value").GetString()!.Length),
            1,
            6_000);

        var teams = new WebhookChannel(Options.Create(new WebhookOptions { Format = WebhookFormat.Teams }), client: null!).Write(digest);
        Assert.InRange(teams.Length, 1, TeamsMessage.MaxBytes);
    }

    [Fact]
    public void Slack_gets_no_link_or_mention_from_a_paper()
    {
        var message = Write(WebhookFormat.Slack, Create(Hostile, 1));

        // The header is plain text.
        var sections = message.GetProperty("blocks").EnumerateArray().Skip(1).Select(block => block.GetProperty("text")).ToList();
        Assert.Equal("plain_text", message.GetProperty("blocks")[0].GetProperty("text").GetProperty("type").GetString());
        Assert.All(sections, section => Assert.True(section.GetProperty("verbatim").GetBoolean()));
        var texts = sections.Select(section => section.GetProperty("text").GetString()!).Append(message.GetProperty("text").GetString()!).ToList();
        Assert.Contains(texts, text => text.Contains("&lt;!channel&gt;", StringComparison.Ordinal));

        // All that is left between angle brackets is our own.
        var links = texts.SelectMany(text => SlackLink().Matches(text).Select(match => match.Groups["target"].Value)).ToList();
        Assert.Equal(7, links.Count);
        Assert.All(links, link => Assert.StartsWith("https://site.example/", link, StringComparison.Ordinal));
    }

    [Fact]
    public void Discord_gets_no_Markdown_or_mention_from_a_paper()
    {
        var message = Write(WebhookFormat.Discord, Create(Hostile, 1));
        Assert.Equal(0, message.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
        var embed = message.GetProperty("embeds")[0];
        Assert.All(
            Texts(embed).Where(text => !text.StartsWith("https://site.example/", StringComparison.Ordinal)).Select(text => OwnLink().Replace(text, "")),
            text => Assert.DoesNotMatch(UnescapedMarkdown(), text.Replace("\\\\", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Teams_gets_text_runs_only()
    {
        var card = Write(WebhookFormat.Teams, Create(Hostile, 1)).GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal("AdaptiveCard", card.GetProperty("type").GetString());
        foreach (var block in card.GetProperty("body").EnumerateArray())
        {
            Assert.Equal("RichTextBlock", block.GetProperty("type").GetString());
            Assert.All(block.GetProperty("inlines").EnumerateArray(), run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
        }

        Assert.Contains(Texts(card), text => text.Contains(Hostile, StringComparison.Ordinal));
    }

    [Fact]
    public void JSON_contains_the_texts_unchanged()
    {
        var data = Write(WebhookFormat.Json, Create(Hostile, 1)).GetProperty("data");
        Assert.Equal("2026-03-17", data.GetProperty("day").GetString());
        Assert.Equal($"Overview {Hostile}", data.GetProperty("overview").GetString());
        Assert.Equal(1_234, data.GetProperty("counts").GetProperty("announced").GetInt32());
        Assert.Equal($"Title {Hostile}", data.GetProperty("papers")[0].GetProperty("title").GetString());
        Assert.Equal(5, data.GetProperty("papers").GetArrayLength());
    }

    [Fact]
    public async Task The_signature_verifies_with_the_key_over_identifier_time_and_body()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishAsync();
        var (_, _, headers, body) = Assert.Single(world.Receiver.Requests);
        Assert.Equal("digest-2026-03-17", headers["webhook-id"]);
        Assert.Equal("application/json", headers["Content-Type"]);
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.InRange(sent, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));

        var expected = HMACSHA256.HashData(Convert.FromBase64String(WebhookWorld.Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        Assert.Equal("v1," + Convert.ToBase64String(expected), headers["webhook-signature"]);
        Assert.Equal("digest.published", JsonElement.Parse(body).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two…")]
    [InlineData("onetwothree", 6, "onetw…")]
    [InlineData("a\nb", 3, "a b")]
    [InlineData("𝕄𝕄𝕄", 4, "𝕄…")]
    [InlineData("", 5, "")]
    public void A_text_is_cut_at_a_word_and_never_within_a_character(string text, int maxLength, string expected) => Assert.Equal(expected, MessageText.Fit(text, maxLength));

    private static JsonElement Write(WebhookFormat format, DeliveryContent content) =>
        JsonElement.Parse(new WebhookChannel(Options.Create(new WebhookOptions { Format = format }), client: null!).Write(content));

    /// <summary>All strings of a JSON value.</summary>
    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static DeliveryContent Create(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));
        var entry = InventedPapers.Edition((InventedPapers.Day, [InventedPapers.View(1)])).Index.Days[0] with { Counts = new DayCounts(1_234, 1_230, 0, 4, 0) };
        var links = Enumerable.Range(1, 5).Select(number => ArxivId.Parse(string.Create(CultureInfo.InvariantCulture, $"2603.{number:00000}"))).ToList();
        return new DeliveryContent(
            entry,
            new Digest(
                InventedPapers.Day,
                $"Machine learning {text}",
                "https://site.example/days/2026-03-17/digest/",
                "1,234 announced · 1,230 summarized",
                $"Overview {text}",
                [$"Note {text}"],
                [.. links.Select((id, place) => new DigestPaper(id, $"Title {text}", $"https://site.example/papers/{id}/", $"Authors {text}", place % 2 == 0 ? null : $"Claim {text}", [$"Claim {text}"], null))],
                [.. Enumerable.Range(1, 9).Select(_ => new DigestTheme($"Theme {text}", $"Sentence {text}", [], 7))],
                null));
    }

    [GeneratedRegex("<(?<target>[^|>]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SlackLink();

    [GeneratedRegex(@"\[Read\]\(https://site\.example/papers/[0-9.]+/\)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OwnLink();

    [GeneratedRegex(@"(?<!\\)[*_~`|<>#\[\]()@:-]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UnescapedMarkdown();
}
