using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Decodes symbol fonts whose codes the file does not map. Otherwise each symbol would read as the letter or digit with the same code: a cross as
/// 7, infinity as 1, a floor bracket as b. Sources: the Zapf Dingbats encoding (ISO 32000-1, annex D.6), TeX's encodings OMS and MSA.
/// </summary>
internal static class PdfSymbols
{
    // OMS symbols at the codes of digits and lower-case letters. The negation slash before a symbol becomes ¬. Calligraphic capitals are letters.
    private const string Digits = "′∞∈∋△▽¬↦∀∃";
    private const string Letters = "⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡";

    // OMS symbols below 0x20.
    private const string Controls = "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻";

    /// <summary>The symbol; null if the font's characters need no decoding.</summary>
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

    /// <summary>The symbol set of a font, by its name.</summary>
    public static PdfSymbolSet SetOf(string name) =>
        name.Contains("Dingbats", StringComparison.OrdinalIgnoreCase) || name.StartsWith("pzdr", StringComparison.OrdinalIgnoreCase) ? PdfSymbolSet.Dingbats
        : OmsName.IsMatch(name) ? PdfSymbolSet.Oms
        : MsaName.IsMatch(name) ? PdfSymbolSet.Msa
        : PdfSymbolSet.None;

    // The Unicode block follows the order of the font, except for symbols that Unicode already had elsewhere.
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

/// <summary>The symbol sets of fonts.</summary>
internal enum PdfSymbolSet
{
    /// <summary>No symbol font: the file maps the codes.</summary>
    None,

    /// <summary>Zapf Dingbats: marks and ornaments.</summary>
    Dingbats,

    /// <summary>TeX's mathematical symbols.</summary>
    Oms,

    /// <summary>Additional symbols of the American Mathematical Society.</summary>
    Msa,
}
