using Denoised.Phrases;

namespace Denoised.Summaries.Checks;

/// <summary>What models write where the paper says nothing, and how their words are shown back to them.</summary>
internal static class DraftTexts
{
    private const int Longest = 160;

    /// <summary>A text's beginning.</summary>
    public static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    /// <summary>The text, trimmed; null where it says no more than that there is nothing to say.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) || blank.IsMatch(new TokenizedText(text)) ? null : text.Trim();

    private static readonly PhraseMatcher blank = new(
    [
        "^ ~~0 ((this is|it is)? not (stated|specified|mentioned|reported|discussed|provided|given|available|applicable)|none|null|unknown|unspecified"
            + "|nothing|na|n / a) (~~0 (stated|in|by|from|the|this|paper|text|abstract|authors?|information))* ~~0 $",
    ]);
}
