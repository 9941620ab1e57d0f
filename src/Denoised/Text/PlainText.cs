using System.Collections.Frozen;
using System.Text;

namespace Denoised.Text;

/// <summary>
/// Normalizes a text for the checks. TeX becomes the visible characters (<c>$\alpha$</c> is α, <c>\%</c> is %, <c>1{,}000</c> is 1,000,
/// <c>\mathbf{97.4}</c> is 97.4). Superscript digits follow <c>^</c>, dashes and quotation marks have one form, and zero-width characters are
/// removed. Keeps white space, which separates words. Linear in the length of the text.
/// </summary>
internal static class PlainText
{
    /// <summary>Commands that set the style of a text, without effect on its content.</summary>
    private static readonly FrozenSet<string> formats = FrozenSet.Create(
        StringComparer.Ordinal,
        "mathbf", "mathrm", "mathit", "mathcal", "mathbb", "mathsf", "mathtt", "mathfrak", "mathscr", "text", "textbf", "textit", "textrm", "textsc",
        "textsf", "texttt", "textsuperscript",
        "textsubscript", "emph", "operatorname", "boldsymbol", "bm", "bf", "it", "rm", "sc", "tt", "em", "hat", "widehat", "tilde", "widetilde",
        "bar", "overline", "underline", "vec", "dot",
        "ddot", "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "scriptstyle", "mbox", "hbox", "limits",
        "nolimits", "sc", "ensuremath",
        "mathop", "mathrel", "mathbin", "uline", "textnormal", "mathnormal", "pmb", "cal", "frac", "dfrac", "tfrac", "nicefrac", "color");

    private static readonly FrozenDictionary<string, string> symbols = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["epsilon"] = "ε", ["varepsilon"] = "ε", ["zeta"] = "ζ", ["eta"] = "η",
        ["theta"] = "θ", ["vartheta"] = "θ",
        ["iota"] = "ι", ["kappa"] = "κ", ["lambda"] = "λ", ["mu"] = "μ", ["nu"] = "ν", ["xi"] = "ξ", ["pi"] = "π", ["rho"] = "ρ", ["varrho"] = "ρ",
        ["sigma"] = "σ", ["tau"] = "τ",
        ["upsilon"] = "υ", ["phi"] = "φ", ["varphi"] = "φ", ["chi"] = "χ", ["psi"] = "ψ", ["omega"] = "ω", ["Gamma"] = "Γ", ["Delta"] = "Δ",
        ["Theta"] = "Θ", ["Lambda"] = "Λ",
        ["Xi"] = "Ξ", ["Pi"] = "Π", ["Sigma"] = "Σ", ["Phi"] = "Φ", ["Psi"] = "Ψ", ["Omega"] = "Ω", ["times"] = "×", ["cdot"] = "·", ["pm"] = "±",
        ["mp"] = "∓", ["approx"] = "≈",
        ["sim"] = "~", ["simeq"] = "≈", ["leq"] = "≤", ["le"] = "≤", ["leqslant"] = "≤", ["geq"] = "≥", ["ge"] = "≥", ["geqslant"] = "≥",
        ["neq"] = "≠", ["to"] = "→", ["rightarrow"] = "→",
        ["infty"] = "∞", ["ldots"] = "...", ["dots"] = "...", ["cdots"] = "...", ["textasciitilde"] = "~", ["textpercent"] = "%", ["degree"] = "°",
        ["circ"] = "°", ["ell"] = "l",
        ["partial"] = "∂", ["nabla"] = "∇", ["in"] = "∈", ["subset"] = "⊂", ["cup"] = "∪", ["cap"] = "∩", ["sum"] = "∑", ["prod"] = "∏",
        ["int"] = "∫", ["sqrt"] = "√", ["ll"] = "≪", ["gg"] = "≫",
        ["quad"] = " ", ["qquad"] = " ", ["newline"] = " ", ["textendash"] = "-", ["textemdash"] = "-", ["ss"] = "ß", ["ae"] = "æ", ["oe"] = "œ",
        ["o"] = "ø", ["aa"] = "å", ["l"] = "ł",
        ["AE"] = "Æ", ["O"] = "Ø", ["AA"] = "Å", ["L"] = "Ł", ["i"] = "i",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns the normalized text.</summary>
    public static string Of(string text)
    {
        var source = Characters.Normalize(text);
        var plain = new StringBuilder(source.Length);

        // Groups with a closing character: the numerator of a fraction.
        var closers = new Stack<bool>();
        var isNumeratorNext = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            switch (c)
            {
                case '\\':
                    i = Command(source, i, plain, ref isNumeratorNext);
                    break;
                case '$' or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or (>= '\u2061' and <= '\u2064'):
                    break;
                case '{':
                    closers.Push(isNumeratorNext);
                    isNumeratorNext = false;
                    break;
                case '}':
                    if (closers.Count > 0 && closers.Pop())
                        plain.Append('/');
                    break;
                default:
                    Append(plain, c);
                    break;
            }
        }

        return plain.ToString();
    }

    private static void Append(StringBuilder plain, char c)
    {
        if (Superscript(c) is { } raised)
        {
            // "10⁻³" becomes 10^-3.
            if (!IsRaised(plain))
                plain.Append('^');
            plain.Append(raised);
            return;
        }

        switch (c)
        {
            case '‘' or '’' or '‚' or '‛' or '`' or '´' or '′':
                plain.Append('\'');
                break;
            case '“' or '”' or '„' or '‟' or '«' or '»' or '″':
                plain.Append('"');
                break;
            case '—' or '―':
                // A dash separates words; a hyphen joins them.
                plain.Append(" - ");
                break;
            case '‐' or '‑' or '‒' or '–' or '−':
                plain.Append('-');
                break;
            case '∼' or '≃' or '≅':
                plain.Append('~');
                break;
            case '⋅' or '∙':
                plain.Append('·');
                break;
            case 'µ':
                plain.Append('μ');
                break;
            case '…':
                plain.Append("...");
                break;
            case '½':
                plain.Append("1/2");
                break;
            case '¼':
                plain.Append("1/4");
                break;
            case '¾':
                plain.Append("3/4");
                break;
            default:
                plain.Append(c);
                break;
        }
    }

    private static bool IsRaised(StringBuilder plain)
    {
        for (var i = plain.Length - 1; i >= 0; i--)
        {
            if (plain[i] == '^')
                return true;
            if (!char.IsAsciiDigit(plain[i]) && plain[i] != '-')
                return false;
        }

        return false;
    }

    private static char? Superscript(char c) => c switch
    {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        >= '⁴' and <= '⁹' => (char)('4' + (c - '⁴')),
        '⁻' => '-',
        _ => null,
    };

    /// <summary>Reads the command at a backslash. Returns the index of its last character.</summary>
    private static int Command(string source, int backslash, StringBuilder plain, ref bool isNumeratorNext)
    {
        var next = backslash + 1;
        if (next >= source.Length)
            return backslash;
        var c = source[next];
        if (!char.IsAsciiLetter(c))
        {
            switch (c)
            {
                case '%' or '$' or '&' or '#' or '_' or '{' or '}':
                    plain.Append(c);
                    return next;
                case '\'' or '"' or '`' or '^' or '~' or '=' or '.':
                    return Accent(source, next, plain);
                case '!' or '-' or '/':
                    return next;
                case '(' or ')' or '[' or ']':
                    return next;
                default:
                    plain.Append(' ');
                    return next;
            }
        }

        var end = next;
        while (end < source.Length && char.IsAsciiLetter(source[end]))
            end++;
        var name = source[next..end];
        if (name is "c" or "v" or "u" or "H" or "k" or "r" && end < source.Length && source[end] == '{')
            return end - 1;
        if (formats.Contains(name))
        {
            isNumeratorNext = name is "frac" or "dfrac" or "tfrac" or "nicefrac";
            return end - 1;
        }

        if (symbols.TryGetValue(name, out var symbol))
            plain.Append(symbol);
        else
            plain.Append(name);

        // Keeps the space after a command, although TeX uses it only as a delimiter: it separates words ("\% of", "\alpha x").
        return end - 1;
    }

    private static int Accent(string source, int accent, StringBuilder plain)
    {
        var at = accent + 1;
        var isBraced = at < source.Length && source[at] == '{';
        if (isBraced)
            at++;
        if (at < source.Length && source[at] == '\\' && at + 1 < source.Length && source[at + 1] is 'i' or 'j')
            at++;
        if (at >= source.Length || !char.IsLetter(source[at]))
            return accent;
        var mark = source[accent] switch
        {
            '\'' => '\u0301',
            '`' => '\u0300',
            '"' => '\u0308',
            '^' => '\u0302',
            '~' => '\u0303',
            '=' => '\u0304',
            _ => '\u0307',
        };
        plain.Append(Characters.Composed(source[at], mark) ?? source[at]);

        // Otherwise the closing brace would close another group.
        return isBraced && at + 1 < source.Length && source[at + 1] == '}' ? at + 1 : at;
    }
}
