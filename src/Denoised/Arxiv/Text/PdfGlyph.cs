using System.Text.RegularExpressions;

namespace Denoised.Arxiv.Text;

/// <summary>One character as drawn. Distances are points; the page's lower left corner is the origin.</summary>
internal readonly record struct PdfGlyph(string Text, double Left, double Right, double Baseline, double Size, PdfFace Face);

/// <summary>A font of the document, told from its name.</summary>
internal sealed class PdfFace(string name)
{
    private static readonly string[] extensionNames = ["CMEX", "txex", "pxex", "MTEX", "LMMathExt", "MnSymbolE", "ESINT", "NewTXEX"];

    /// <summary>The name without the tag that marks a subset.</summary>
    public string Name { get; } = Subset.Replace(name, "");

    public bool Bold { get; } = BoldName.IsMatch(name);

    public bool Italic { get; } = ItalicName.IsMatch(name);

    /// <summary>A font of mathematical letters or signs.</summary>
    public bool Math { get; } = MathName.IsMatch(name);

    /// <summary>A font of large delimiters, roots and sums, which hang from their upper edge (TeX's encoding OMX).</summary>
    public bool Extension { get; } = extensionNames.Any(extension => name.Contains(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>What its codes mean where the file does not say.</summary>
    public PdfSymbolSet Symbols { get; } = PdfSymbols.SetOf(Subset.Replace(name, ""));

    private static readonly LinearRegex Subset = new(@"^[A-Z]{6}\+");
    private static readonly LinearRegex BoldName = new(@"bold|black|heavy|[-_]medi|\bmedi([^u]|u[^m]|u?$)|demi|CMBX|CMSSBX|CMB1|SFBX|SFSX|LMRoman\w{0,20}-?bold|bx\d+$|-Bd|[-.]B$|BoldMT|NimbusRomNo9L-Medi", RegexOptions.IgnoreCase);
    private static readonly LinearRegex ItalicName = new(@"ital|obli|CMTI|SFTI|CMSL|slant|-It\b|LMRomanSlant", RegexOptions.IgnoreCase);
    private static readonly LinearRegex MathName = new(@"CMMI|CMSY|CMEX|CMBSY|CMMIB|MSAM|MSBM|EUFM|EUSM|EURM|LASY|STMARY|wasy|rsfs|NewTXMI|txsy|txmi|txex|txbmi|MTMI|MTSY|MTEX|MnSymbol|Math|BBM\d|bbold|dsrom|ESINT|pxmi|pxsy|pxex|PazoMath|fourier-m|SymbolMT|^Symbol|\+Symbol", RegexOptions.IgnoreCase);
}
