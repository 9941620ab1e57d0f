using AngleSharp.Dom;

namespace Denoised.PaperText.Html;

/// <summary>Classifies the elements of a LaTeXML page by their names and classes.</summary>
internal static class LatexmlElements
{
    /// <summary>The id of an element, if it can be a fragment of an address.</summary>
    public static string? Anchor(IElement element) => element.Id is { Length: > 0 and <= 100 } id ? id : null;

    /// <summary>The ancestors of an element, from its parent to the root.</summary>
    public static IEnumerable<IElement> Ancestors(IElement element)
    {
        for (var ancestor = element.ParentElement; ancestor is not null; ancestor = ancestor.ParentElement)
            yield return ancestor;
    }

    /// <summary>Whether an element is a section of any level.</summary>
    public static bool IsSection(IElement element, ITokenList classes) =>
        element.LocalName is "section" or "div"
        && (classes.Contains("ltx_section") || classes.Contains("ltx_subsection") || classes.Contains("ltx_subsubsection")
            || classes.Contains("ltx_paragraph") || classes.Contains("ltx_subparagraph") || classes.Contains("ltx_appendix") || classes.Contains("ltx_chapter")
            || classes.Contains("ltx_part") || classes.Contains("ltx_bibliography"));

    /// <summary>Whether the text of an element is separate from the text before and after it.</summary>
    public static bool IsBlock(IElement element, ITokenList classes) =>
        element.LocalName is "p" or "div" or "section" or "article" or "blockquote" or "header" or "main" or "aside" or "tbody" or "details" or "summary"
            or "figure" or "ul" or "ol" or "table" or "foreignobject" or "foreignObject"
        || classes.Contains("ltx_p") || classes.Contains("ltx_para") || classes.Contains("ltx_minipage") || classes.Contains("ltx_inline-block");

    /// <summary>Whether an element is outside the text of the paper: scripts, navigation, authors, references.</summary>
    public static bool IsNoise(IElement element, ITokenList classes)
    {
        if (element.LocalName is "script" or "style" or "nav" or "button" or "footer" or "noscript" or "iframe" or "form" or "input" or "select" or "textarea"
            or "template" or "object" or "embed" or "audio" or "video" or "img" or "canvas" or "link" or "meta" or "title" or "rp" or "rt")
        {
            return true;
        }

        foreach (var name in classes)
        {
            if (Noise.Contains(name))
                return true;
        }

        return false;
    }

    /// <summary>Whether an element is a table, including the tables that lay out formulas.</summary>
    public static bool IsTable(IElement element) =>
        element.LocalName is "table" || element.ClassList.Contains("ltx_tabular") || element.ClassList.Contains("ltx_eqn_table")
        || element.ClassList.Contains("ltx_equationgroup") && element.LocalName is not "tbody";

    /// <summary>The rows of a table. Tables may be nested in table cells; the rows of a nested table do not count.</summary>
    public static IEnumerable<IElement> OwnRows(IElement table) =>
        table.QuerySelectorAll("tr, .ltx_tr").Where(row => Ancestors(row).First(IsTable) == table);

    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "ltx_bibliography", "ltx_biblist", "ltx_page_footer", "ltx_page_header", "ltx_page_navbar", "ltx_page_logo", "ltx_TOC", "ltx_toclist",
        "ltx_authors", "ltx_creator", "ltx_contact", "ltx_dates", "ltx_date", "ltx_classification", "ltx_keywords", "ltx_pagination", "ltx_rdf", "ltx_rule",
        "ltx_nodisplay", "ltx_note_mark", "ltx_note_type", "ltx_tag_note", "ltx_tag_bibitem", "ltx_indexphrase", "ltx_glossaryentry", "ltx_index",
        "ltx_tag_listingline", "ltx_LaTeXML_logo", "ar5iv-footer", "sr-only", "package-alerts", "ltx_missing_image",
        "MJX_Assistive_MathML", "ltx_engrafo_equation_number",
    };
}
