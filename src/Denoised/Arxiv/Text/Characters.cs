using System.Globalization;
using System.Text;

namespace Denoised.Arxiv.Text;

/// <summary>Brings characters into the form that readers and quote checks expect, without changing what is said.</summary>
internal static class Characters
{
    /// <summary>Ligatures, presentation forms and mathematical letters become plain ones. Superscripts, fractions and the like stay: their plain form changes a number.</summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
            return text;

        StringBuilder result = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0xFB00 and <= 0xFB4F) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0xFF01 and <= 0xFF5E) or 0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000
                or 0x0132 or 0x0133 or 0x2126 or 0x212A or 0x212B or 0x2102 or 0x210D or 0x2115 or 0x2119 or 0x211A or 0x211D or 0x2124 or 0x210E or 0x2112)
                result.Append(rune.ToString().Normalize(NormalizationForm.FormKC));
            else if (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune))
                result.Append(' ');
            else if (rune.Value is 0xFFFD or (>= 0xE000 and <= 0xF8FF))
                continue; // A glyph without a meaning: private use, or not decoded.
            else
                result.Append(rune);
        }

        return result.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// Takes out characters that have no width or shape. The ones that LaTeXML itself puts between maths (U+2061 to U+2064), into long
    /// addresses (U+200B) and at line ends (U+00AD) are removed in silence when they stand alone; all others are told to <paramref name="hidden"/>.
    /// </summary>
    public static string WithoutInvisible(string text, HiddenTextLog? hidden)
    {
        if (Ascii.IsValid(text))
            return text;

        StringBuilder result = new(text.Length);
        List<Rune> removed = [];
        var previous = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var invisible = IsInvisible(rune);
            if (!invisible)
                result.Append(rune);
            else if (previous || !(rune.Value is 0x00AD or 0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF or (>= 0x2061 and <= 0x2064) or (>= 0xFE00 and <= 0xFE0F)))
                removed.Add(rune);
            previous = invisible;
        }

        hidden?.AddInvisible(removed);
        return result.ToString();
    }

    /// <summary>Runs of white space become one space; none at the ends.</summary>
    public static string CollapseWhiteSpace(string text)
    {
        StringBuilder result = new(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
                result.Append(character);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>At most so many characters, never half a surrogate pair.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F)
            or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0
            or (>= 0xFFF0 and <= 0xFFFB) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;
}
