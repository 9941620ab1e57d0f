namespace Denoised.Publishing.Tex;

/// <summary>Finds the formulas of a text by their delimiters.</summary>
internal static class TexMaths
{
    // Longer maths is text: the cost of a hostile text must stay linear in its length.
    private const int MaxMaths = 2_000;

    private static readonly string[] opening = ["$$", "$", @"\(", @"\[", @"\begin{equation}", @"\begin{equation*}", @"\begin{displaymath}", @"\begin{math}"];

    /// <summary>The opening delimiter at an index, or null.</summary>
    public static string? OpeningAt(TexText text, int at) =>
        Array.Find(opening, mark => text.StartsWith(mark, at)) is { } open && !(open == "$" && text.IsBlank(at + 1)) ? open : null;

    /// <summary>The closing delimiter of an opening delimiter.</summary>
    public static string ClosingOf(string open) => open switch
    {
        @"\(" => @"\)",
        @"\[" => @"\]",
        ['$', ..] => open,
        _ => open.Replace("begin", "end", StringComparison.Ordinal),
    };

    /// <summary>The index of the closing delimiter of a formula, or -1.</summary>
    public static int EndOf(TexText text, int from, string close)
    {
        var last = Math.Min(text.End, from + MaxMaths) - close.Length;
        for (var place = from; place <= last; place++)
        {
            if (text.StartsWith(close, place))
            {
                // Excludes amounts of money: a closing dollar does not follow a space ("$5 to $"), and an amount is not followed by another one
                // ("$5/$10").
                var isMoney = close == "$" && (char.IsWhiteSpace(text[place - 1]) || (char.IsAsciiDigit(text[from]) && text.IsDigit(place + 1)));
                return isMoney ? -1 : place;
            }

            if (text[place] == '\\')
                place++;
        }

        return -1;
    }
}
