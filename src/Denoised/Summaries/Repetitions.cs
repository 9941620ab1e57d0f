namespace Denoised.Summaries;

/// <summary>Finds what a model says twice: the same words in the same order, whatever their case and the punctuation around them.</summary>
internal static class Repetitions
{
    private static readonly char[] punctuation = [.. ".,;:!?\"'“”‘’()[]"];

    /// <summary>Equal for two texts that say the same.</summary>
    public static string KeyOf(string? text) =>
        string.Join(' ', (text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim(punctuation)).Where(word => word.Length > 0));

    /// <summary>The text with each sentence once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isRepetitive">Whether a sentence stood in it twice.</param>
    public static string Once(string text, out bool isRepetitive)
    {
        var all = Sentences.Of(text);
        var distinct = all.DistinctBy(KeyOf, StringComparer.Ordinal).ToList();
        isRepetitive = distinct.Count < all.Count;
        return isRepetitive ? string.Join(' ', distinct) : text;
    }
}
