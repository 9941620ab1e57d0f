using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Text patterns that identify captions, numbered headings, formulas, list items and the ends of sentences in the lines of a PDF.</summary>
internal static class PdfLinePatterns
{
    public static readonly LinearRegex Caption = new(@"^(Figure|Fig\.|FIGURE|FIG\.|Table|TABLE|Algorithm|Listing|Scheme)\s+([A-Z]\.?)?([0-9]+(\.[0-9]+)*[a-z]?|[IVX]+)\s*[:.|—–-]|^(Figure|Table|Algorithm)\s+[0-9]+\s{1,2}[A-Z(]");
    public static readonly LinearRegex NumberedHeading = new(@"^([0-9]{1,2}(\.[0-9]{1,2}){0,3}\.?|[A-Z](\.[0-9]{1,2}){1,3}\.?|[A-Z]\.?|[IVX]{1,5}\.)\s+\p{L}.*\p{L}{2}");
    public static readonly LinearRegex LeadingNumber = new(@"^((?<number>[0-9]{1,2}(\.[0-9]{1,2}){0,3}|[A-Z](\.[0-9]{1,2}){1,3}|[A-Z])\.?|(?<number>[IVX]{1,5})\.)\s+\p{L}");
    public static readonly LinearRegex SectionNumber = new(@"^(Appendix\s+)?([0-9]{1,2}(\.[0-9]{1,2}){0,3}\.?|[A-Z](\.[0-9]{1,2}){0,3}\.?|[IVX]{1,5}\.?)$");
    public static readonly LinearRegex Relation = new(@"\s[=≤≥<>≈∼∝≡←→∈:]=?\s|\S=\S");
    public static readonly LinearRegex Roman = new(@"^[IVX]{1,5}$");
    public static readonly LinearRegex EquationNumber = new(@"^\(?[0-9]{1,3}(\.[0-9]{1,2})?[a-z]?\)$");
    public static readonly LinearRegex Bullet = new(@"^([•◦▪‣·∙●○■–—]|\([a-z0-9ivx]{1,4}\)|[0-9]{1,2}[.)]|[a-z]\))(\s+\S|$)");
    public static readonly LinearRegex RunInAbstract = new(@"^(Abstract|ABSTRACT|A\s?BSTRACT|Summary)\s*[.:—–-]+\s*");
    public static readonly LinearRegex LeadingAbstract = new(@"^(Abstract|ABSTRACT)\s+(?<first>\p{Lu})");

    public static bool IsListingLine(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is var end and > 0
        && (line[..end] is "Require" or "Ensure" or "Input" or "Inputs" or "Output" or "Outputs" or "Parameter" or "Parameters"
            || (end <= 3 && !line.AsSpan(0, end).ContainsAnyExceptInRange('0', '9')));

    public static bool IsAcknowledgements(string line) =>
        string.Concat(line.TakeWhile(char.IsLetterOrDigit)) is "Acknowledgements" or "Acknowledgments" or "Acknowledgement" or "Acknowledgment";

    public static bool EndsSentence(string text) => text.TrimEnd('”', '"', ')', '’', ' ') is [.., '.' or '?' or '!' or ':'];
}
