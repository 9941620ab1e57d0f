using Denoised.Domain;

namespace Denoised.Summaries.Checks;

/// <summary>Checks the length of texts. Accepts and records lengths up to <see cref="Lengths.Tolerance"/> outside the range.</summary>
internal static class LengthCheck
{
    /// <summary>Returns a message about a text of the given length and whether it is accepted; null when the length is in range.</summary>
    public static (string Message, bool IsAccepted)? Find(string name, int words, WordRange length, bool isLowerBoundOff)
    {
        var isShort = words < length.Min && !isLowerBoundOff;
        if (!isShort && words <= length.Max)
            return null;
        return ($"{name} has {words} words instead of {length.Min} to {length.Max}.", IsWithinTolerance(words, length, isLowerBoundOff));
    }

    /// <summary>Whether a number of words is within the tolerance.</summary>
    public static bool IsWithinTolerance(int words, WordRange length, bool isLowerBoundOff) =>
        words > 0 && words <= length.Max * (1 + Lengths.Tolerance) && (isLowerBoundOff || words >= length.Min * (1 - Lengths.Tolerance));
}
