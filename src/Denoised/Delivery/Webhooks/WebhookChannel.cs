using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Denoised.Domain;
using Microsoft.Extensions.Options;

namespace Denoised.Delivery.Webhooks;

/// <summary>Sends digests to the operator's webhook.</summary>
internal sealed class WebhookChannel(IOptions<WebhookOptions> options, WebhookClient client) : IDeliveryChannel
{
    private static readonly Dictionary<string, string> noHeaders = [];

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public bool IsConfigured => options.Value.IsConfigured;

    /// <inheritdoc/>
    public TimeSpan RetryDelay => options.Value.RetryDelay;

    /// <inheritdoc/>
    public byte[] Write(DeliveryContent content)
    {
        JsonObject message = options.Value.Format switch
        {
            WebhookFormat.Slack => SlackMessage.Build(content.Digest),
            WebhookFormat.Teams => TeamsMessage.Build(content.Digest),
            WebhookFormat.Discord => DiscordMessage.Build(content.Digest),
            _ => JsonMessage.Build(content),
        };
        return MessageText.ToUtf8(message);
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> SendAsync(ListingDay day, byte[] message, DateTimeOffset now, CancellationToken cancellationToken) =>
        client.PostAsync(
            message,
            options.Value is { Format: WebhookFormat.Json, IsUnresolved: false } ? Sign($"digest-{day}", message, now, options.Value.SecretBytes) : noHeaders,
            cancellationToken);

    /// <summary>The headers of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.</summary>
    /// <param name="id">Identifies the message; the same for each attempt.</param>
    /// <param name="message">The body.</param>
    /// <param name="now">The time of the attempt.</param>
    /// <param name="secret">The key.</param>
    private static Dictionary<string, string> Sign(string id, byte[] message, DateTimeOffset now, byte[] secret)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. message];
        return new(StringComparer.Ordinal)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)),
        };
    }
}
