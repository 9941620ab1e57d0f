using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>
/// Accepts a BCP 47 tag that begins with a language of two or three letters. Rejects languages that are written without spaces between words: the
/// checks count lengths in words.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LanguageTagAttribute : ValidationAttribute
{
    private static readonly LinearRegex languageTag = new(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z");

    private static readonly FrozenSet<string> unspaced = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "bo", "cmn", "dz", "ja", "km", "lo", "my", "nan", "th", "wuu", "yue", "zh");

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var tag = value as string ?? "";
        if (!languageTag.IsMatch(tag))
            return new ValidationResult($"The setting Summarizer:Language must be a language tag such as en, de or pt-BR, not '{tag}'.");
        return unspaced.Contains(tag.Split('-')[0])
            ? new ValidationResult($"The setting Summarizer:Language must be a language with spaces between words, because lengths are checked in words, not '{tag}'.")
            : ValidationResult.Success;
    }
}
