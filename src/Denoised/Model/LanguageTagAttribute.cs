using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Denoised.Model;

/// <summary>
/// Accepts a BCP 47 tag that begins with a language of two or three letters. Rejects languages that are written without spaces between words: the
/// checks count lengths in words.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class LanguageTagAttribute : ValidationAttribute
{
    private static readonly FrozenSet<string> unspaced = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh");

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var tag = value as string ?? "";
        if (!Tag().IsMatch(tag))
            return new ValidationResult($"The setting Summarizer:Language must be a language tag such as en, de or pt-BR, not '{tag}'.");
        return unspaced.Contains(tag.Split('-')[0])
            ? new ValidationResult($"The setting Summarizer:Language must be a language with spaces between words, because lengths are checked in words, not '{tag}'.")
            : ValidationResult.Success;
    }

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{2,8})*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
