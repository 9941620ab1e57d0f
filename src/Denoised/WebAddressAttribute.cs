using System.ComponentModel.DataAnnotations;

namespace Denoised;

/// <summary>
/// Accepts an absolute URL with <c>http://</c> or <c>https://</c>, or no value. <see cref="UrlAttribute"/> would also accept <c>ftp://</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute : ValidationAttribute
{
    /// <summary>Whether <c>mailto:</c> is accepted too.</summary>
    public bool AllowsMail { get; set; }

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is null or "" || (Uri.TryCreate(value as string, UriKind.Absolute, out var address) && IsAllowed(address.Scheme));

    private bool IsAllowed(string scheme) => scheme == Uri.UriSchemeHttp || scheme == Uri.UriSchemeHttps || (AllowsMail && scheme == Uri.UriSchemeMailto);
}
