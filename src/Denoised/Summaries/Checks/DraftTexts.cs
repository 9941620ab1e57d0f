using Denoised.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Detects empty phrases in a model's text and shortens its text for messages to the model.</summary>
internal static class DraftTexts
{
    private const int Longest = 160;

    /// <summary>The start of a text.</summary>
    public static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    /// <summary>The trimmed text, or null when it only states that there is nothing to say.</summary>
    public static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) || blank.IsMatch(new TokenizedText(text)) ? null : text.Trim();

    private static readonly PhraseMatcher blank = new(
    [
        "^ ~~0 ((this is|it is)? not (stated|specified|mentioned|reported|discussed|provided|given|available|applicable)|none|null|unknown|unspecified"
            + "|nothing|na|n / a) (~~0 (stated|in|by|from|the|this|paper|text|abstract|authors?|information))* ~~0 $",
    ]);
}
