using AngleSharp.Dom;
using Denoised.PaperText.Affiliations;

namespace Denoised.PaperText.Html;

/// <summary>Reads the author block of a LaTeXML page: names, contacts, notes and, as authors without a class for them do, institutions in the date.</summary>
internal sealed class LatexmlAuthors
{
    private readonly AuthorBlock block = new();
    private readonly PageStyles styles;

    private LatexmlAuthors(PageStyles styles) => this.styles = styles;

    /// <summary>The institutions of a paper.</summary>
    public static IReadOnlyList<string> Affiliations(IElement article, PageStyles styles)
    {
        LatexmlAuthors reader = new(styles);
        foreach (var part in article.QuerySelectorAll(".ltx_authors, .ltx_dates, .ltx_date").Where(part => part.Closest("section, .ltx_abstract, .ltx_bibliography") is null))
        {
            reader.VisitChildren(part, Visibility.Plain);
            reader.block.EndLine();
        }

        return AffiliationReader.Read(reader.block);
    }

    private void Visit(IElement element, Visibility outer)
    {
        var classes = element.ClassList;
        var visibility = outer.Of(element, styles.GetStyle(element));
        if (element.LocalName is "script" or "style" or "button" or "svg" or "img" || visibility.EffectiveHiding is not null
            || classes.Contains("ltx_note_mark") && element.ParentElement?.ClassList.Contains("ltx_note_content") is true
            || classes.Contains("ltx_note_type") || classes.Contains("ltx_tag_note") || classes.Contains("ltx_contact_name") || classes.Contains("sr-only"))
        {
            return;
        }

        if (element.LocalName is "sup" || classes.Contains("ltx_note_mark"))
            block.AppendMark(element.TextContent);
        else if (element.LocalName is "math")
            VisitMath(element);
        else if (element.LocalName is "br" || classes.Contains("ltx_ERROR"))
            block.EndLine();
        else if (classes.Contains("ltx_contact"))
            VisitContact(element, classes, visibility);
        else if (IsLine(element, classes))
            VisitLine(element, visibility);
        else
            VisitChildren(element, visibility);
    }

    private void VisitChildren(IElement element, Visibility visibility)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement childElement)
                Visit(childElement, visibility);
            else if (child is IText text)
                block.Append(text.Data.ReplaceLineEndings(" "));
        }
    }

    private void VisitLine(IElement element, Visibility visibility)
    {
        block.EndLine();
        VisitChildren(element, visibility);
        block.EndLine();
    }

    // "{}^{1}" is a raised mark; other formulas in an author block are signs.
    private void VisitMath(IElement math)
    {
        var tex = math.GetAttribute("alttext") ?? "";
        if (tex.Contains('^', StringComparison.Ordinal))
            block.AppendMark(new string([.. tex.Where(char.IsAsciiLetterOrDigit)]));
    }

    // acmart names the parts of an affiliation; of other classes, the whole contact is one line.
    private void VisitContact(IElement element, ITokenList classes, Visibility visibility)
    {
        block.EndLine();
        if (classes.Contains("ltx_role_orcid"))
            return;
        var isLabelled = classes.Contains("ltx_role_affiliation") || classes.Contains("ltx_role_institute");
        var named = isLabelled ? element.QuerySelectorAll(".ltx_affiliation_institution").ToArray() : [];
        foreach (var part in named.Length > 0 ? named : [element])
        {
            VisitChildren(part, visibility);
            block.EndLine(isLabelled);
        }
    }

    private static bool IsLine(IElement element, ITokenList classes) =>
        element.LocalName is "td" or "tr" or "p" or "div" or "table" || classes.Contains("ltx_creator") || classes.Contains("ltx_note") || classes.Contains("ltx_tr") || classes.Contains("ltx_td")
        || classes.Contains("ltx_author_notes") || classes.Contains("ltx_p") || classes.Contains("ltx_inline-block") || classes.Contains("ltx_author_before");
}
