using Denoised.Papers;

namespace Denoised.Summaries.Checks;

/// <summary>Tags are of the taxonomy, each once, three at most.</summary>
internal static class TagCheck
{
    private const int Most = 3;

    /// <summary>Those of a draft's tags that are accepted. The service keeps to the schema; a local server may not, and put null where a text belongs.</summary>
    public static IReadOnlyList<string> Accept(IEnumerable<string?>? tags) =>
        [.. (tags ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Where(Tag.IsKnown).Take(Most)];
}
