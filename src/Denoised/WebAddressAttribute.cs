using System.ComponentModel.DataAnnotations;

namespace Denoised;

/// <summary>A setting that is an address which begins with <c>http://</c> or <c>https://</c>, or is not set. (<see cref="UrlAttribute"/> also takes <c>ftp://</c>.)</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is null or "" || (Uri.TryCreate(value as string, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));
}
