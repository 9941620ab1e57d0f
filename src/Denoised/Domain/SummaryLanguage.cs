namespace Denoised.Domain;

/// <summary>The language of generated texts, a BCP 47 tag.</summary>
public static class SummaryLanguage
{
    /// <summary>The default, and the language of arXiv's papers.</summary>
    public const string English = "en";

    /// <summary>Whether a tag is English, in any region and by either of its ISO 639 codes.</summary>
    public static bool IsEnglish(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return tag.Split('-')[0].ToLowerInvariant() is English or "eng";
    }

    /// <summary>The tag for the <c>lang</c> attribute of a text on the page, which is English; null for an English text.</summary>
    public static string? OnPage(string? tag) => tag is null || IsEnglish(tag) ? null : tag;
}
