namespace Denoised.Embeddings;

/// <summary>
/// Splits a text into words as the vocabulary spells them. The page implements the same rules, on UTF-16 code units and in this order:
/// <list type="number">
/// <item>ASCII letters and digits form words, in lower case. U+00C0 to U+017F count as their base letters (é is e).</item>
/// <item><c>{ } $</c> and combining marks (U+0300 to U+036F) are ignored.</item>
/// <item>A backslash with the following ASCII letters (a TeX command) ends a word. A backslash with any other character is ignored.</item>
/// <item>White space (tab, line feed, carriage return, space, U+00A0), <c>~</c> and hyphens (<c>-</c>, U+2010, U+2011) end a word and join it
/// to the next.</item>
/// <item>Any other character ends a word and separates it from the next.</item>
/// </list>
/// A run of more than <see cref="MaxWordLength"/> letters is not a word: it is skipped and acts as a separator.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    public const int MaxWordLength = 40;

    /// <summary>The base letters of U+00C0 to U+017F; a space marks a character that is not a letter.</summary>
    private const string BaseLetters =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private readonly ReadOnlySpan<char> text = text;
    private readonly Span<char> buffer = buffer;
    private int position;
    private int length;

    /// <summary>The current word in lower case; valid until the next call of <see cref="MoveNext"/>.</summary>
    public readonly ReadOnlySpan<char> Word => buffer[..length];

    /// <summary>Whether only white space and hyphens separate the previous word from this one.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>All words of a text in order.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>(text.Length / 6);
        var reader = new WordReader(text, stackalloc char[MaxWordLength]);
        while (reader.MoveNext())
            words.Add(reader.Word.ToString());
        return words;
    }

    /// <summary>Advances to the next word.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool MoveNext()
    {
        (length, IsJoined) = (0, position > 0);
        while (position < text.Length)
        {
            var character = text[position];
            var letter = Letter(character);
            if (letter != ' ')
            {
                if (length < MaxWordLength)
                    buffer[length] = letter;
                length++;
                position++;
            }
            else if (IsInvisible(character))
            {
                position++;
            }
            else if (character == '\\' && !(position + 1 < text.Length && char.IsAsciiLetter(text[position + 1])))
            {
                position += 2;
            }
            else if (IsWordEnd())
            {
                return true;
            }
            else
            {
                IsJoined &= character == '\\' || IsJoiner(character);
                SkipSeparator(character);
            }
        }

        return IsWordEnd();
    }

    /// <summary>Whether a complete word is available. Discards runs that are too long.</summary>
    private bool IsWordEnd()
    {
        if (length <= MaxWordLength)
            return length > 0;
        (length, IsJoined) = (0, false);
        return false;
    }

    private void SkipSeparator(char character)
    {
        position++;
        while (character == '\\' && position < text.Length && char.IsAsciiLetter(text[position]))
            position++;
    }

    private static char Letter(char character) => character switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => character,
        >= 'A' and <= 'Z' => (char)(character | 0x20),
        >= '\u00C0' and <= '\u017F' => BaseLetters[character - '\u00C0'],
        _ => ' ',
    };

    private static bool IsInvisible(char character) => character is '{' or '}' or '$' or >= '\u0300' and <= '\u036F';

    private static bool IsJoiner(char character) => character is ' ' or '-' or '\n' or '\r' or '\t' or '~' or '\u00A0' or '\u2010' or '\u2011';
}
