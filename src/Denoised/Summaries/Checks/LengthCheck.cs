namespace Denoised.Summaries.Checks;

/// <summary>Texts are as long as asked for; up to <see cref="Lengths.Tolerance"/> outside is accepted and recorded.</summary>
internal static class LengthCheck
{
    /// <summary>What is to be said of a text of so many words, and whether it is accepted; null where there is nothing to say.</summary>
    public static (string Said, bool IsAccepted)? Find(string name, int words, WordRange length, bool isLowerBoundOff)
    {
        var isShort = words < length.Min && !isLowerBoundOff;
        if (!isShort && words <= length.Max)
            return null;
        return ($"{name} has {words} words instead of {length.Min} to {length.Max}.", IsWithinTolerance(words, length, isLowerBoundOff));
    }

    /// <summary>Whether so many words are accepted.</summary>
    public static bool IsWithinTolerance(int words, WordRange length, bool isLowerBoundOff) =>
        words > 0 && words <= length.Max * (1 + Lengths.Tolerance) && (isLowerBoundOff || words >= length.Min * (1 - Lengths.Tolerance));
}
