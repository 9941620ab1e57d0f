using System.Text;
using Denoised.Embeddings;

namespace Denoised.Grounding;

/// <summary>
/// Detects English text about machine learning: the embedded model knows some 20,000 words, and English sentences consist of them. Other languages
/// and alphabets, encoded text, reversed words, spaced-out letters and homoglyphs do not.
/// </summary>
internal static class LanguageDetector
{
    private const double MinKnownShare = 0.35;
    private const double CertainKnownShare = 0.8;
    private const int MinWords = 8;
    private const int MinWordLength = 3;

    // A hash, a key or encoded text: no word is this long.
    private const int MaxRunLength = 40;

    // "i g n o r e": no formula has this many consecutive letters without an operator between them.
    private const int MaxSingleLetters = 8;

    // Letters outside the Latin and Greek alphabets, which formulas use. This many letters are several words; this many ideographs are a sentence.
    private const double MaxForeignShare = 0.3;
    private const int AllowedForeignLetters = 6;
    private const int MaxForeignLetters = 18;
    private const int MaxIdeographs = 10;

    /// <summary>
    /// Whether a text is English. A text of fewer than eight words counts as English unless it contains letters of another alphabet or an encoded
    /// run.
    /// </summary>
    public static bool IsEnglish(string text) => !HasLongRun(text) && !IsForeign(text) && Count(text) is { IsSpacedOut: false } words
        && (words.Count < MinWords || words.Known >= MinKnownShare * words.Count);

    /// <summary>Whether a text has at least eight words and most of them are English. Other languages share some words with English.</summary>
    public static bool IsCertainlyEnglish(string text) =>
        Count(text) is { IsSpacedOut: false, Count: >= MinWords } words && words.Known >= CertainKnownShare * words.Count;

    private static (int Count, int Known, bool IsSpacedOut) Count(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxWordLength];
        var (count, known, lone) = (0, 0, 0);
        for (var reader = new WordReader(text, buffer); reader.MoveNext();)
        {
            lone = reader.Word.Length > 1 || char.IsAsciiDigit(reader.Word[0]) ? 0 : reader.IsJoined ? lone + 1 : 1;
            if (lone > MaxSingleLetters)
                return (count, known, IsSpacedOut: true);
            if (reader.Word.Length < MinWordLength || reader.Word.ContainsAnyInRange('0', '9'))
                continue;
            count++;
            known += EmbeddingModel.Shared.ContainsWord(reader.Word) ? 1 : 0;
        }

        return (count, known, IsSpacedOut: false);
    }

    private static bool HasLongRun(string text)
    {
        var (run, letters) = (0, 0);
        foreach (var character in text)
        {
            (run, letters) = char.IsAsciiLetterOrDigit(character) ? (run + 1, letters + (char.IsAsciiLetter(character) ? 1 : 0)) : (0, 0);
            if (run > MaxRunLength && letters > 0)
                return true;
        }

        return false;
    }

    private static bool IsForeign(string text)
    {
        var (letters, foreign, ideographs) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            letters++;
            foreign += rune.Value is > 0x24F and not (>= 0x370 and <= 0x3FF) and not (>= 0x1D00 and <= 0x1EFF) and not (>= 0x2100 and <= 0x214F) and not (>= 0x1D400 and <= 0x1D7FF)
                ? 1
                : 0;
            ideographs += rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0x20000 and <= 0x3FFFF) ? 1 : 0;
        }

        return ideographs >= MaxIdeographs || foreign >= MaxForeignLetters || (foreign > AllowedForeignLetters && foreign > MaxForeignShare * letters);
    }
}
