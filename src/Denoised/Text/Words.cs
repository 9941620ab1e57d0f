namespace Denoised.Text;

/// <summary>Counts words: runs of characters between white space that contain a letter or digit.</summary>
internal static class Words
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        var counted = false;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                counted = false;
            }
            else if (!counted && char.IsLetterOrDigit(character))
            {
                counted = true;
                count++;
            }
        }

        return count;
    }
}
