using Denoised.Domain;

namespace Denoised.Summaries.Checks;

/// <summary>Checks that the tags are distinct, belong to the taxonomy, and are at most three.</summary>
internal static class TagCheck
{
    private const int MaxTags = 3;

    /// <summary>Returns the accepted tags of a draft. The service enforces the schema; a local server can return null instead of a string.</summary>
    public static IReadOnlyList<string> Accept(IEnumerable<string?>? tags) =>
        [.. (tags ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Where(Tag.IsKnown).Take(MaxTags)];
}
