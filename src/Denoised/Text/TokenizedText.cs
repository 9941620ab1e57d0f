using System.Globalization;

namespace Denoised.Text;

/// <summary>The token classes that phrases can match.</summary>
internal enum TokenClass
{
    Word,
    Number,
    Mark,
    SentenceEnd,
    Start,
    End,
}

/// <summary>A token: its position in the text and its class.</summary>
internal readonly record struct Token(int At, int Length, TokenClass Class);

/// <summary>
/// A text as lower-case tokens: words, single punctuation marks, and an empty token at the start and at the end. In scripts without word boundaries
/// or with prefixes (Chinese, Korean, Arabic), each letter is a token.
/// </summary>
internal sealed class TokenizedText
{
    private readonly string lower;
    private readonly List<Token> tokens;

    /// <summary>Tokenizes a text.</summary>
    public TokenizedText(string text)
    {
        lower = string.Create(text.Length, text, static (result, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                result[index] = Normalized(source[index]);
        });
        tokens = new List<Token>((text.Length / 5) + 2) { new(0, 0, TokenClass.Start) };
        for (var at = 0; at < lower.Length;)
        {
            var token = TokenAt(lower, at);
            if (token.Length > 0)
                tokens.Add(token);
            at += Math.Max(1, token.Length);
        }

        tokens.Add(new(text.Length, 0, TokenClass.End));
    }

    /// <summary>The tokens in order.</summary>
    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>The characters of a token in lower case; empty for the start and the end.</summary>
    public ReadOnlySpan<char> this[int index] => lower.AsSpan(tokens[index].At, tokens[index].Length);

    /// <summary>The end position of the preceding token.</summary>
    public int EndBefore(int index) => tokens[index - 1].At + tokens[index - 1].Length;

    /// <summary>The token at a position of a lower-case text; its length is 0 for white space.</summary>
    internal static Token TokenAt(string lower, int at)
    {
        var first = lower[at];
        if (char.IsWhiteSpace(first))
            return default;
        if (!IsWordPart(first))
            return new(at, 1, EndsSentence(lower, at) ? TokenClass.SentenceEnd : TokenClass.Mark);
        var end = at + 1;
        if (!IsAlone(first))
        {
            while (end < lower.Length && IsWordPart(lower[end]) && !IsAlone(lower[end]))
                end++;
        }

        return new(at, end - at, lower.AsSpan(at, end - at).ContainsAnyExceptInRange('0', '9') ? TokenClass.Word : TokenClass.Number);
    }

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character == '_'
        || character > '\u02FF' && char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // All letters outside the Latin, Greek and Cyrillic blocks.
    private static bool IsAlone(char character) => character is > '\u052F' and (< '\u1E00' or > '\u1FFF');

    // The full stop in "3.5" or "arxiv.org" does not end a sentence; neither does the exclamation mark of a Markdown image, "![".
    private static bool EndsSentence(string text, int at) => text[at] switch
    {
        '.' or '!' or '?' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || "\"')]}.!?".Contains(text[at + 1], StringComparison.Ordinal),
        '。' or '！' or '？' or '؟' or '।' => true,
        _ => false,
    };

    private static char Normalized(char character) => character switch
    {
        '“' or '”' or '„' => '"',
        '‘' or '’' => '\'',
        '–' or '—' or '‐' or '‑' => '-',
        _ => char.ToLowerInvariant(character),
    };
}
