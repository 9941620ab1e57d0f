using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Denoised.Delivery.Webhooks;

/// <summary>The format of the messages.</summary>
public enum WebhookFormat
{
    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A workflow of Microsoft Teams that posts an Adaptive Card.</summary>
    Teams,

    /// <summary>A webhook of Discord.</summary>
    Discord,

    /// <summary>Plain JSON with a signature: https://www.standardwebhooks.com.</summary>
    Json,
}

/// <summary>The settings of the section <c>Webhook</c>.</summary>
public sealed record WebhookOptions : IValidatableObject
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Webhook";

    /// <summary>The longest timeout. The lease of an attempt is longer.</summary>
    internal const string MaxTimeout = "00:01:00";

    private const string KeyVaultReference = "@Microsoft.KeyVault(";
    private const string SecretPrefix = "whsec_";

    /// <summary>The address that receives one message per listing day. A secret: whoever knows it can post there. Without it, nothing is sent.</summary>
    public string? Address { get; init; }

    /// <summary>The format of the messages.</summary>
    public WebhookFormat? Format { get; init; }

    /// <summary>The key of the signature, for <see cref="WebhookFormat.Json"/>: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    public string? Secret { get; init; }

    /// <summary>The time limit of a request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", MaxTimeout, ErrorMessage = "The setting Webhook:Timeout must be a time between 00:00:01 and 00:01:00.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay after a message that was not accepted; doubled each time, up to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "The setting Webhook:RetryDelay must be a time between 00:00:00 and 01:00:00.")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether messages are sent.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Address);

    /// <summary>
    /// Whether a setting is a Key Vault reference that the platform could not resolve: it then passes the reference itself. Does not stop the start,
    /// because the app's role on the vault can become effective later.
    /// </summary>
    internal bool IsUnresolved => IsReference(Address) || (Format == WebhookFormat.Json && IsReference(Secret));

    /// <summary>The key as bytes.</summary>
    internal byte[] SecretBytes => TryReadSecret(out var bytes) ? bytes : throw new InvalidOperationException("The setting Webhook:Secret is not valid.");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // No message quotes a value.
        if (!IsConfigured)
            yield break;
        if (!IsReference(Address))
        {
            if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
                yield return new ValidationResult("The setting Webhook:Address must be an address that begins with https://.", [nameof(Address)]);
            else if (address.UserInfo.Length > 0)
                yield return new ValidationResult("The setting Webhook:Address must not contain a user name or a password.", [nameof(Address)]);
            else if (IPAddress.TryParse(address.IdnHost, out var ip) && !PublicAddress.Includes(ip))
                yield return new ValidationResult("The setting Webhook:Address must be a public address.", [nameof(Address)]);
        }

        if (Format is null || !Enum.IsDefined(Format.Value))
            yield return new ValidationResult("The setting Webhook:Format must be Slack, Teams, Discord or Json.", [nameof(Format)]);
        if (Format == WebhookFormat.Json && !IsReference(Secret) && !TryReadSecret(out _))
            yield return new ValidationResult("The setting Webhook:Secret must be whsec_ and 24 to 64 bytes in Base64.", [nameof(Secret)]);
    }

    /// <summary>The name of the section: the generated text would contain the secrets.</summary>
    public override string ToString() => Section;

    private static bool IsReference(string? value) => value?.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase) is true;

    private bool TryReadSecret(out byte[] bytes)
    {
        bytes = new byte[64];
        if (Secret?.StartsWith(SecretPrefix, StringComparison.Ordinal) is not true
            || !Convert.TryFromBase64String(Secret[SecretPrefix.Length..], bytes, out var length)
            || length < 24)
            return false;
        bytes = bytes[..length];
        return true;
    }
}
