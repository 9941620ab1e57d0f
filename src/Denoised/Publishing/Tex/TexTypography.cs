namespace Denoised.Publishing.Tex;

/// <summary>Recognises dashes, quotation marks and ties, which TeX writes with ordinary characters.</summary>
internal static class TexTypography
{
    /// <summary>A dash or a quotation mark of several characters, or an empty string.</summary>
    public static string MarkAt(TexText text, int at)
    {
        if (text.StartsWith("---", at) && text.At(at + 3) != '-')
            return "---";
        if (text.StartsWith("--", at) && (char.IsAsciiDigit(text.At(at + 2)) || text.IsBlank(at + 2)))
            return "--";
        return text.StartsWith("``", at) ? "``" : text.StartsWith("''", at) ? "''" : "";
    }

    /// <summary>Whether a tilde is a tie ("Figure~1"), not "about" ("~20 %", "5~10") or a home directory in an address ("/~ada").</summary>
    public static bool IsTie(TexText text, int at)
    {
        var before = at > 0 ? text[at - 1] : ' ';
        var after = text.At(at + 1);
        return char.IsAsciiDigit(before)
            ? char.IsLetter(after) || after is '\\' or '$' or '('
            : (char.IsLetter(before) || ".,;:)]}$'\"”".Contains(before, StringComparison.Ordinal))
                && (char.IsLetter(after) || char.IsNumber(after) || char.IsWhiteSpace(after) || @"\$([{".Contains(after, StringComparison.Ordinal));
    }
}
