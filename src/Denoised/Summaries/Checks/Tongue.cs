using System.Collections.Frozen;
using System.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Whether a text is English, as digests are.</summary>
internal static class Tongue
{
    private static readonly FrozenSet<string> english = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "the", "of", "and", "to", "in", "is", "that", "for", "with", "on", "as", "are", "by", "it", "its", "from", "at", "this", "than", "which", "their", "can", "has", "have", "not", "be", "we", "was", "were", "while");

    private static readonly FrozenSet<string> others = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "der", "die", "das", "und", "ist", "nicht", "mit", "ein", "eine", "sich", "auf", "diese", "dieser", "dieses", "wird", "muss", "sie", "alle", "von", "zu", "dass",
        "el", "la", "los", "las", "y", "que", "del", "una", "por", "con", "para", "este", "esta", "ser", "sin", "debe", "es", "todas",
        "le", "les", "des", "et", "une", "est", "cet", "cette", "qui", "dans", "doit", "être", "il", "sur", "pour", "du", "au",
        "o", "os", "uma", "é", "em", "não", "ao", "da", "do", "dos", "deve", "sem", "e",
        "il", "gli", "che", "di", "per", "è", "questo", "questa", "deve", "non", "della",
        "het", "een", "van", "zijn", "wordt", "niet", "ve", "bir", "bu", "için", "jest", "nie", "się", "i", "w", "na");

    /// <summary>Whether a stretch of it is written in another language: more than a cited word or name.</summary>
    public static bool IsForeign(string text)
    {
        // A dozen letters of Chinese are a sentence; of an alphabet, some words are.
        var (ideographs, letters) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            if (rune.Value is >= 0x2E80 and <= 0x9FFF or >= 0xAC00 and <= 0xD7AF or >= 0x20000 and <= 0x3FFFF)
                ideographs++;
            else if (rune.Value is >= 0x400 and <= 0x1FFF and not (>= 0x1D00 and <= 0x1DBF) and not (>= 0x1E00 and <= 0x1EFF))
                letters++;
        }

        return ideographs >= 10 || letters >= 18 || Sentences.Of(text).Exists(IsForeignSentence);
    }

    private static bool IsForeignSentence(string sentence)
    {
        var words = sentence.Split([' ', ',', '.', ';', ':', '!', '?', '"', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5)
            return false;
        var known = words.Count(english.Contains);
        var foreign = words.Count(others.Contains);
        return foreign >= 3 && foreign > known * 2 && foreign * 5 >= words.Length;
    }
}
