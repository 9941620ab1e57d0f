using System.Text.RegularExpressions;

namespace Denoised.Arxiv.Text;

/// <summary>
/// What is drawn by a font whose codes are no letters. Where a file does not say what such a code means, it is read as the letter or digit that has the
/// same code: a cross as 7, infinity as 1, a floor bracket as b. Sources: the Zapf Dingbats encoding (ISO 32000-1, annex D.6), TeX's encodings OMS and MSA.
/// </summary>
internal static class PdfSymbols
{
    // OMS: what has a digit's or a small letter's code. The stroke that negates the sign after it is written as ¬; calligraphic capitals are letters.
    private const string Digits = "′∞∈∋△▽¬↦∀∃";
    private const string Letters = "⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡";

    // OMS below 0x20.
    private const string Controls = "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻";

    /// <summary>The sign; null where the font's characters mean what they say.</summary>
    public static string? Of(PdfFace face, string value)
    {
        if (value.Length != 1 || face.Symbols is PdfSymbolSet.None)
            return null;

        var code = value[0];
        return face.Symbols switch
        {
            PdfSymbolSet.Dingbats when code is > ' ' and <= '~' => Dingbat(code),
            PdfSymbolSet.Oms when code < Controls.Length => Controls[code].ToString(),
            PdfSymbolSet.Oms when char.IsAsciiDigit(code) => Digits[code - '0'].ToString(),
            PdfSymbolSet.Oms when char.IsAsciiLetterLower(code) => Letters[code - 'a'].ToString(),
            PdfSymbolSet.Oms when code == '>' => "⊤",
            PdfSymbolSet.Oms when code == '?' => "⊥",
            PdfSymbolSet.Msa when code == 'X' => "✓",
            _ => null,
        };
    }

    /// <summary>Which codes a font of this name has.</summary>
    public static PdfSymbolSet SetOf(string name) =>
        name.Contains("Dingbats", StringComparison.OrdinalIgnoreCase) || name.StartsWith("pzdr", StringComparison.OrdinalIgnoreCase) ? PdfSymbolSet.Dingbats
        : OmsName.IsMatch(name) ? PdfSymbolSet.Oms
        : MsaName.IsMatch(name) ? PdfSymbolSet.Msa
        : PdfSymbolSet.None;

    // The block of Unicode follows the font's order, but for those that had a place before.
    private static string Dingbat(char code) => code switch
    {
        'H' => "★",
        'l' => "●",
        'n' => "■",
        's' => "▲",
        't' => "▼",
        'u' => "◆",
        'w' => "◗",
        _ => ((char)(0x2700 + code - 0x20)).ToString(),
    };

    private static readonly LinearRegex OmsName = new(@"^(CMSY[0-9]|CMBSY[0-9]|txb?sys|pxb?sys|LMMathSymbols)");
    private static readonly LinearRegex MsaName = new(@"^(MSAM[0-9]|txb?sya|pxb?sya)");
}

/// <summary>What the codes of a font mean.</summary>
internal enum PdfSymbolSet
{
    /// <summary>What the file says.</summary>
    None,

    /// <summary>Marks and ornaments.</summary>
    Dingbats,

    /// <summary>TeX's mathematical signs.</summary>
    Oms,

    /// <summary>Further signs of the American Mathematical Society.</summary>
    Msa,
}
