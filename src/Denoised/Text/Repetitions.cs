namespace Denoised.Text;

/// <summary>Finds repeated sentences: the same words in the same order, ignoring case and surrounding punctuation.</summary>
internal static class Repetitions
{
    private static readonly char[] punctuation = [.. ".,;:!?\"'“”‘’()[]"];

    /// <summary>The key of a text; equal for repetitions.</summary>
    public static string NormalizeKey(string? text) =>
        string.Join(
            ' ',
            (text ?? "")
                .ToLowerInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Trim(punctuation))
                .Where(word => word.Length > 0));

    /// <summary>Removes repeated sentences.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isRepetitive">Whether a sentence was repeated.</param>
    public static string RemoveRepetitions(string text, out bool isRepetitive)
    {
        var all = Sentences.Of(text);
        var distinct = all.DistinctBy(NormalizeKey, StringComparer.Ordinal).ToList();
        isRepetitive = distinct.Count < all.Count;
        return isRepetitive ? string.Join(' ', distinct) : text;
    }
}
