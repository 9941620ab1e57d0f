using System.Buffers;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>One character as drawn. Coordinates are in points from the lower left corner of the page.</summary>
internal readonly record struct PdfGlyph(string Text, double Left, double Right, double Baseline, double Size, PdfFace Face);

/// <summary>A font of the document, classified by its name.</summary>
internal sealed class PdfFace(string name)
{
    private static readonly string[] extensionNames = ["CMEX", "txex", "pxex", "MTEX", "LMMathExt", "MnSymbolE", "ESINT", "NewTXEX"];

    /// <summary>The name without the subset tag.</summary>
    public string Name { get; } = Subset.Replace(name, "");

    public bool Bold { get; } = name.AsSpan().ContainsAny(boldNames) || BoldName.IsMatch(name);

    public bool Italic { get; } = name.AsSpan().ContainsAny(italicNames) || ItalicName.IsMatch(name);

    /// <summary>Whether this is a font of mathematical letters or symbols.</summary>
    public bool Math { get; } = name.AsSpan().ContainsAny(mathNames) || MathName.IsMatch(name);

    /// <summary>Whether this is a font of large delimiters, roots and sums, which hang from their upper edge (TeX's OMX encoding).</summary>
    public bool Extension { get; } = extensionNames.Any(extension => name.Contains(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The symbol set of the font if the file does not map its codes.</summary>
    public PdfSymbolSet Symbols { get; } = PdfSymbols.SetOf(Subset.Replace(name, ""));

    private static readonly LinearRegex Subset = new(@"^[A-Z]{6}\+");
    private static readonly SearchValues<string> boldNames = SearchValues.Create(
        ["bold", "black", "heavy", "-medi", "_medi", "demi", "CMBX", "CMSSBX", "CMB1", "SFBX", "SFSX", "-Bd"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> italicNames =
        SearchValues.Create(["ital", "obli", "CMTI", "SFTI", "CMSL", "slant"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> mathNames = SearchValues.Create(
        [
            "CMMI", "CMSY", "CMEX", "CMBSY", "MSAM", "MSBM", "EUFM", "EUSM", "EURM", "LASY", "STMARY", "wasy", "rsfs", "NewTXMI", "txsy", "txmi", "txex",
            "txbmi", "MTMI", "MTSY", "MTEX", "MnSymbol", "Math", "bbold", "dsrom", "ESINT", "pxmi", "pxsy", "pxex", "PazoMath", "fourier-m", "SymbolMT",
            "+Symbol",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly LinearRegex BoldName = new(@"(^|[^A-Za-z0-9_])medi([^u]|u[^m]|u?$)|bx[0-9]+$|[-.]b$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex ItalicName = new("-it([^A-Za-z0-9_]|$)", RegexOptions.IgnoreCase);
    private static readonly LinearRegex MathName = new("bbm[0-9]|^symbol", RegexOptions.IgnoreCase);
}
