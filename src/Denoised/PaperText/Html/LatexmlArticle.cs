using System.Text;
using AngleSharp.Dom;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>
/// Reads LaTeXML's article element in one pass. Inline content accumulates in a buffer that block elements turn into paragraphs. This keeps the
/// text of unknown structures.
/// </summary>
internal sealed class LatexmlArticle
{
    private readonly LatexmlText inline;
    private readonly List<OpenSection> sections = [new("", SectionKind.Other, null, 1)];
    private readonly StringBuilder abstractText = new();
    private OpenSection current;
    private BlockKind paragraphKind = BlockKind.Paragraph;
    private bool inAbstract;
    private bool dropping;
    private bool afterReferences;

    public LatexmlArticle(PageStyles styles)
    {
        inline = new LatexmlText(styles);
        current = sections[0];
    }

    /// <summary>The title without footnotes.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The paragraphs of the abstract.</summary>
    public string Abstract => abstractText.ToString();

    /// <summary>The sections that have a heading or content.</summary>
    public IReadOnlyList<PaperSection> Sections =>
        [.. sections.Where(section => section.Heading.Length > 0 || section.Blocks.Count > 0).Select(section => section.Close())];

    /// <summary>The findings of hidden text.</summary>
    public IReadOnlyList<HiddenText> Hidden => inline.Hidden;

    /// <summary>The number of LaTeXML error markers.</summary>
    public int Errors => inline.Errors;

    public void Read(IElement article)
    {
        VisitChildren(article);
        Flush();
    }

    private void VisitChildren(IElement element)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement childElement)
                Visit(childElement);
            else if (child is IText text)
                inline.Append(text.Data);
        }
    }

    private void Visit(IElement element)
    {
        var classes = element.ClassList;
        if (LatexmlElements.IsNoise(element, classes))
        {
            afterReferences |= classes.Contains("ltx_bibliography");
            return;
        }

        var outer = inline.Visibility;
        inline.Visibility = inline.VisibilityOf(element);
        try
        {
            if (!inline.TryHide(element))
                VisitVisible(element, classes);
        }
        finally
        {
            inline.Visibility = outer;
        }
    }

    private void VisitVisible(IElement element, ITokenList classes)
    {
        var name = element.LocalName;
        if (inline.TryAppendInline(element, classes))
            return;
        if (name is "svg")
            VisitPicture(element);
        else if (classes.Contains("ltx_title_document"))
            Title = Title.Length == 0 ? inline.Captured(element) : Title;
        else if (classes.Contains("ltx_abstract"))
            VisitAbstract(element);
        else if (LatexmlElements.IsSection(element, classes))
            VisitSection(element, classes);
        else if (classes.Contains("ltx_acknowledgements"))
            InSection(new OpenSection("Acknowledgements", SectionKind.Acknowledgements, LatexmlElements.Anchor(element), current.Level), element, drop: false);
        else if (name is "h1" or "h2" or "h3" or "h4" or "h5" or "h6" || classes.Contains("ltx_title"))
            VisitTitle(element, classes);
        else if (name is "figcaption" or "caption" || classes.Contains("ltx_caption"))
            AddBlock(BlockKind.Caption, () => inline.Captured(element));
        else if (classes.Contains("ltx_listing") || classes.Contains("ltx_lstlisting") || name is "pre"
            || classes.Contains("ltx_verbatim") && name is not ("span" or "code"))
            AddBlock(BlockKind.Listing, () => inline.Lines(element));
        else if (classes.Contains("ltx_equation") || classes.Contains("ltx_equationgroup") || classes.Contains("ltx_eqn_table"))
            AddBlock(BlockKind.Equation, () => inline.Equation(element));
        else if (name is "table" || classes.Contains("ltx_tabular"))
            AddBlock(BlockKind.Table, () => inline.Table(element));
        else if (name is "ul" or "ol" or "dl" || classes.Contains("ltx_itemize") || classes.Contains("ltx_enumerate") || classes.Contains("ltx_description"))
            AddBlock(BlockKind.List, () => inline.List(element));
        else if (name is "figure" || classes.Contains("ltx_figure") || classes.Contains("ltx_table") || classes.Contains("ltx_float"))
            VisitFloat(element);
        else if (LatexmlElements.IsBlock(element, classes))
            VisitBlock(element);
        else
            VisitChildren(element);
    }

    private void VisitBlock(IElement element)
    {
        Flush();
        VisitChildren(element);
        Flush();
    }

    // Labels of subfigures are captions, not running text.
    private void VisitFloat(IElement element)
    {
        Flush();
        var outer = paragraphKind;
        paragraphKind = BlockKind.Caption;
        VisitChildren(element);
        Flush();
        paragraphKind = outer;
    }

    private void VisitAbstract(IElement element)
    {
        Flush();
        inAbstract = true;
        VisitChildren(element);
        Flush();
        inAbstract = false;
    }

    // In pictures, only complete TeX paragraphs are text. Everything else is labels of a drawing.
    private void VisitPicture(IElement element)
    {
        // LaTeXML draws the background of a box as a shape next to its text.
        if (element.QuerySelectorAll("[fill]")
            .Any(shape => shape.GetAttribute("fill") is not ("none" or "transparent") and { } fill
                && (CssColor.Read(fill) is not { } ink || !ink.IsLike(CssColor.White))))
        {
            inline.Visibility = inline.Visibility with { Ground = null };
        }

        foreach (var foreign in element.QuerySelectorAll("foreignObject"))
        {
            if (foreign.QuerySelector("foreignObject") is null && foreign.QuerySelector(".ltx_p, .ltx_para, .ltx_minipage") is not null
                && Words.Count(foreign.TextContent) > 12)
            {
                VisitBlock(foreign);
            }
        }
    }

    private void VisitTitle(IElement element, ITokenList classes)
    {
        if (classes.Contains("ltx_title_abstract") || classes.Contains("ltx_title_acknowledgements") || classes.Contains("ltx_subtitle"))
            return;

        // Headings such as "Theorem 2." and "Proof." belong to the following paragraph.
        var runIn = classes.Contains("ltx_runin") || classes.Contains("ltx_title_theorem") || classes.Contains("ltx_title_proof");
        var text = inline.Captured(element);
        Flush();
        if (runIn)
            current.RunIn = text;
        else
            AddBlockText(BlockKind.Paragraph, text);
    }

    private void VisitSection(IElement element, ITokenList classes)
    {
        var title = element.Children.FirstOrDefault(child => child.ClassList.Contains("ltx_title")
            || child.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6");
        var heading = title is null ? "" : inline.Captured(title);
        if (SectionHeadings.IsAbstract(heading) && abstractText.Length == 0)
        {
            title!.Remove();
            VisitAbstract(element);
            return;
        }

        title?.Remove();
        var level = 1 + LatexmlElements.Ancestors(element).Count(ancestor => LatexmlElements.IsSection(ancestor, ancestor.ClassList));
        var kind = classes.Contains("ltx_appendix") ? SectionKind.Appendix
            : afterReferences && level == 1 ? SectionKinds.AfterReferences(heading, sections.Select(section => section.Kind))
            : SectionHeadings.KindOf(heading, level > 1 ? current.Kind : SectionKind.Other);
        InSection(new OpenSection(heading, kind, LatexmlElements.Anchor(element), level), element, SectionHeadings.IsReferences(heading));
    }

    private void InSection(OpenSection section, IElement element, bool drop)
    {
        Flush();
        var outer = current;
        var outerDropping = dropping;
        dropping |= drop;
        if (!dropping)
            sections.Add(section);
        current = section;
        VisitChildren(element);
        Flush();
        current = outer;
        dropping = outerDropping;
    }

    private void Flush()
    {
        AddBlockText(paragraphKind, inline.TakeBuffer());
        AddFootnotes(inline.Footnotes);
    }

    /// <summary>Adds a captured block after all pending text, followed by its own footnotes.</summary>
    private void AddBlock(BlockKind kind, Func<string> capture)
    {
        var pending = inline.Footnotes;
        var text = capture();
        AddBlockText(paragraphKind, inline.TakeBuffer());
        AddFootnotes(pending);
        AddBlockText(kind, text);
        AddFootnotes(inline.Footnotes);
    }

    private void AddFootnotes(int count)
    {
        foreach (var note in inline.TakeFootnotes(count))
            AddBlockText(BlockKind.Paragraph, note);
    }

    private void AddBlockText(BlockKind kind, string text)
    {
        if (text.Length == 0 || dropping)
            return;

        if (inAbstract)
        {
            if (abstractText.Length > 0)
                abstractText.Append("\n\n");
            abstractText.Append(text);
            return;
        }

        if (current.RunIn is { } runIn)
        {
            current.RunIn = null;
            if (kind is BlockKind.Paragraph)
                text = $"{runIn} {text}";
            else
                current.Blocks.Add(new PaperBlock(BlockKind.Paragraph, runIn));
        }

        // A single full stop after a displayed formula is not a paragraph.
        if (kind is BlockKind.Paragraph && Words.Count(text) == 0)
            return;

        current.Blocks.Add(new PaperBlock(kind, text));
    }

    private sealed class OpenSection(string heading, SectionKind kind, string? anchor, int level)
    {
        public string Heading => heading;

        public SectionKind Kind => kind;

        public int Level => level;

        public List<PaperBlock> Blocks { get; } = [];

        public string? RunIn { get; set; }

        public PaperSection Close() => new(heading, kind, anchor, level, Blocks);
    }
}
