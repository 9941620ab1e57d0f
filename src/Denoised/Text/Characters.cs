using System.Globalization;
using System.Text;

namespace Denoised.Text;

/// <summary>Normalizes characters to the form that readers and quote checks expect, without changing the meaning.</summary>
internal static class Characters
{
    /// <summary>
    /// Replaces ligatures, full-width forms and mathematical letters by plain letters, and all spaces by U+0020. Superscripts, fractions and
    /// similar characters stay, since their plain form would change a number. Implemented by hand: InvariantGlobalization excludes the Unicode
    /// normalization tables, so <see cref="string.Normalize()"/> would change nothing.
    /// </summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text) && text.AsSpan().IndexOfAnyInRange('\0', '\x08') < 0 && text.AsSpan().IndexOfAnyInRange('\x0E', '\x1F') < 0)
            return text;

        StringBuilder result = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Plain(rune) is { } plain)
                result.Append(plain);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark && result.Length > 0 && rune.IsBmp
                && Composed(result[^1], (char)rune.Value) is { } composed)
                result[^1] = composed;
            else if (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune))
                result.Append(' ');
            else if (rune.Value is not (0xFFFD or (>= 0xE000 and <= 0xF8FF)))
                result.Append(rune); // Drops private-use and undecoded characters, which carry no text.
        }

        return result.ToString();
    }

    /// <summary>The precomposed letter with an accent above or below; null if there is none.</summary>
    public static char? Composed(char letter, char mark)
    {
        var (letters, composed) = mark switch
        {
            '\u0301' => ("AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"),
            '\u0300' => ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
            '\u0308' => ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
            '\u0302' => ("AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
            '\u0303' => ("ANOUanouIi", "ÃÑÕŨãñõũĨĩ"),
            '\u030C' => ("CDENRSTZcdenrstzGg", "ČĎĚŇŘŠŤŽčďěňřšťžǦǧ"),
            '\u0306' => ("AGUagu", "ĂĞŬăğŭ"),
            '\u0304' => ("AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
            '\u0307' => ("CEGIZcegz", "ĊĖĠİŻċėġż"),
            '\u030A' => ("AUau", "ÅŮåů"),
            '\u030B' => ("OUou", "ŐŰőű"),
            '\u0327' => ("CSTcstGKLNRgklnr", "ÇŞŢçşţĢĶĻŅŖģķļņŗ"),
            _ => ("", ""),
        };
        var index = letters.IndexOf(letter, StringComparison.Ordinal);
        return index < 0 ? null : composed[index];
    }

    private static string? Plain(Rune rune) => rune.Value switch
    {
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        0xFB03 => "ffi",
        0xFB04 => "ffl",
        0xFB05 or 0xFB06 => "st",
        0x0132 => "IJ",
        0x0133 => "ij",
        0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000 => " ",
        >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFF01 + '!')).ToString(),
        0x2102 => "C",
        0x210B or 0x210C or 0x210D => "H",
        0x210E => "h",
        0x2110 or 0x2111 => "I",
        0x2112 => "L",
        0x2115 => "N",
        0x2119 => "P",
        0x211A => "Q",
        0x211B or 0x211C or 0x211D => "R",
        0x2124 => "Z",
        0x212C => "B",
        0x212D => "C",
        0x2130 => "E",
        0x2131 => "F",
        0x2133 => "M",
        >= 0x1D400 and <= 0x1D7FF => MathematicalLetter(rune.Value),
        _ => null,
    };

    // The block repeats the alphabet for each style: 13 Latin styles of 52 letters, 5 Greek styles of 58, 5 styles of digits.
    private static string? MathematicalLetter(int value)
    {
        const string greek = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ";
        if (value <= 0x1D6A3)
        {
            var index = (value - 0x1D400) % 52;
            return ((char)(index < 26 ? 'A' + index : 'a' + index - 26)).ToString();
        }

        return value switch
        {
            0x1D6A4 => "i",
            0x1D6A5 => "j",
            >= 0x1D6A8 and <= 0x1D7C9 => greek[(value - 0x1D6A8) % 58].ToString(),
            >= 0x1D7CE => ((char)('0' + ((value - 0x1D7CE) % 10))).ToString(),
            _ => null,
        };
    }

    private const int MaxLineBreakHints = 8;

    /// <summary>
    /// Removes characters without width or shape. Reports them to <paramref name="hidden"/>, except single ones that LaTeXML inserts: in maths
    /// (U+2061 to U+2064), in long URLs (U+200B) and at line ends (U+00AD).
    /// </summary>
    public static string RemoveInvisible(string text, HiddenTextLog? hidden)
    {
        if (Ascii.IsValid(text))
            return text;

        StringBuilder result = new(text.Length);
        List<Rune> removed = [];
        List<Rune> within = [];
        var previous = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var invisible = IsInvisible(rune);
            if (!invisible)
                result.Append(rune);
            else if (previous
                || !(rune.Value is 0x00AD or 0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF or (>= 0x2061 and <= 0x2064)
                    or (>= 0xFE00 and <= 0xFE0F)))
                removed.Add(rune);
            else if (rune.Value is 0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF && result.Length > 0 && char.IsAsciiLetter(result[^1]))
                within.Add(rune);
            previous = invisible;
        }

        // A single one within a word may be a converter's line break hint. Many are used to split words.
        if (within.Count >= MaxLineBreakHints)
            removed.AddRange(within);
        hidden?.AddInvisible(removed);
        return result.ToString();
    }

    /// <summary>Collapses each run of white space to one space and trims both ends.</summary>
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

    /// <summary>Truncates to a maximum length without splitting a surrogate pair.</summary>
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
