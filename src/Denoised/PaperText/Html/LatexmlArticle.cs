using System.Globalization;
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
    private readonly PageStyles styles;
    private readonly List<OpenSection> sections = [new("", SectionKind.Other, null, 1)];
    private readonly List<string> footnotes = [];
    private readonly HiddenTextLog hidden = new();
    private readonly StringBuilder abstractText = new();
    private StringBuilder buffer = new();
    private OpenSection current;
    private Visibility visibility = Visibility.Plain;
    private BlockKind paragraphKind = BlockKind.Paragraph;
    private bool inAbstract;
    private bool dropping;
    private bool afterReferences;

    public LatexmlArticle(PageStyles styles)
    {
        this.styles = styles;
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
    public IReadOnlyList<HiddenText> Hidden => hidden.Findings;

    /// <summary>The number of LaTeXML error markers.</summary>
    public int Errors { get; private set; }

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
                Append(text.Data);
        }
    }

    private void Append(string text)
    {
        if (visibility.EffectiveHiding is { } kind)
            hidden.Add(kind, text);
        else
            buffer.Append(text);
    }

    private void Visit(IElement element)
    {
        var classes = element.ClassList;
        if (IsNoise(element, classes))
        {
            afterReferences |= classes.Contains("ltx_bibliography");
            return;
        }

        var outer = visibility;
        visibility = visibility.Of(element, styles.GetStyle(element));
        try
        {
            if (visibility.EffectiveHiding is HiddenTextKind.NotDrawn or HiddenTextKind.OffPage or HiddenTextKind.Tiny)
                hidden.Add(visibility.EffectiveHiding.Value, element.TextContent);
            else
                VisitVisible(element, classes);
        }
        finally
        {
            visibility = outer;
        }
    }

    private void VisitVisible(IElement element, ITokenList classes)
    {
        var name = element.LocalName;
        if (name is "math" || classes.Contains("ltx_Math") || classes.Contains("ltx_DisplayMath") || classes.Contains("mjx-chtml"))
            Append(Tex(element));
        else if (classes.Contains("ltx_ERROR"))
            Errors++;
        else if (classes.Contains("ltx_note"))
            VisitNote(element, classes);
        else if (name is "br")
            buffer.Append(' ');
        else if (name is "svg")
            VisitPicture(element);
        else if (classes.Contains("ltx_title_document"))
            Title = Title.Length == 0 ? Captured(element) : Title;
        else if (classes.Contains("ltx_abstract"))
            VisitAbstract(element);
        else if (IsSection(element, classes))
            VisitSection(element, classes);
        else if (classes.Contains("ltx_acknowledgements"))
            InSection(new OpenSection("Acknowledgements", SectionKind.Acknowledgements, Anchor(element), current.Level), element, drop: false);
        else if (name is "h1" or "h2" or "h3" or "h4" or "h5" or "h6" || classes.Contains("ltx_title"))
            VisitTitle(element, classes);
        else if (name is "figcaption" or "caption" || classes.Contains("ltx_caption"))
            AddBlock(BlockKind.Caption, () => Captured(element));
        else if (classes.Contains("ltx_listing") || classes.Contains("ltx_lstlisting") || name is "pre" || classes.Contains("ltx_verbatim") && name is not ("span" or "code"))
            AddBlock(BlockKind.Listing, () => Lines(element));
        else if (classes.Contains("ltx_equation") || classes.Contains("ltx_equationgroup") || classes.Contains("ltx_eqn_table"))
            AddBlock(BlockKind.Equation, () => Equation(element));
        else if (name is "table" || classes.Contains("ltx_tabular"))
            AddBlock(BlockKind.Table, () => Table(element));
        else if (name is "ul" or "ol" or "dl" || classes.Contains("ltx_itemize") || classes.Contains("ltx_enumerate") || classes.Contains("ltx_description"))
            AddBlock(BlockKind.List, () => List(element));
        else if (name is "figure" || classes.Contains("ltx_figure") || classes.Contains("ltx_table") || classes.Contains("ltx_float"))
            VisitFloat(element);
        else if (IsBlock(element, classes))
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

    private void VisitNote(IElement element, ITokenList classes)
    {
        if (classes.Contains("ltx_role_footnote") || classes.Contains("ltx_role_footnotetext") || !classes.Any(name => name.StartsWith("ltx_role_", StringComparison.Ordinal)))
        {
            var content = element.QuerySelector(".ltx_note_content") ?? element;
            var text = Captured(content);
            if (text.Length > 0 && (footnotes.Count == 0 || footnotes[^1] != text))
                footnotes.Add(text);
        }
    }

    // In pictures, only complete TeX paragraphs are text. Everything else is labels of a drawing.
    private void VisitPicture(IElement element)
    {
        // LaTeXML draws the background of a box as a shape next to its text.
        if (element.QuerySelectorAll("[fill]").Any(shape => shape.GetAttribute("fill") is not ("none" or "transparent") and { } fill && (CssColor.Read(fill) is not { } ink || !ink.IsLike(CssColor.White))))
            visibility = visibility with { Ground = null };
        foreach (var foreign in element.QuerySelectorAll("foreignObject"))
        {
            if (foreign.QuerySelector("foreignObject") is null && foreign.QuerySelector(".ltx_p, .ltx_para, .ltx_minipage") is not null && Words.Count(foreign.TextContent) > 12)
                VisitBlock(foreign);
        }
    }

    private void VisitTitle(IElement element, ITokenList classes)
    {
        if (classes.Contains("ltx_title_abstract") || classes.Contains("ltx_title_acknowledgements") || classes.Contains("ltx_subtitle"))
            return;

        // Headings such as "Theorem 2." and "Proof." belong to the following paragraph.
        var runIn = classes.Contains("ltx_runin") || classes.Contains("ltx_title_theorem") || classes.Contains("ltx_title_proof");
        var text = Captured(element);
        Flush();
        if (runIn)
            current.RunIn = text;
        else
            AddBlockText(BlockKind.Paragraph, text);
    }

    private void VisitSection(IElement element, ITokenList classes)
    {
        var title = element.Children.FirstOrDefault(child => child.ClassList.Contains("ltx_title") || child.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6");
        var heading = title is null ? "" : Captured(title);
        if (SectionHeadings.IsAbstract(heading) && abstractText.Length == 0)
        {
            title!.Remove();
            VisitAbstract(element);
            return;
        }

        title?.Remove();
        var level = 1 + Ancestors(element).Count(ancestor => IsSection(ancestor, ancestor.ClassList));
        var kind = classes.Contains("ltx_appendix") ? SectionKind.Appendix
            : afterReferences && level == 1 ? SectionKinds.AfterReferences(heading, sections.Select(section => section.Kind))
            : SectionHeadings.KindOf(heading, level > 1 ? current.Kind : SectionKind.Other);
        InSection(new OpenSection(heading, kind, Anchor(element), level), element, SectionHeadings.IsReferences(heading));
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
        AddBlockText(paragraphKind, TakeBuffer());
        AddFootnotes(footnotes.Count);
    }

    /// <summary>Adds a captured block after all pending text, followed by its own footnotes.</summary>
    private void AddBlock(BlockKind kind, Func<string> capture)
    {
        var pending = footnotes.Count;
        var text = capture();
        AddBlockText(paragraphKind, TakeBuffer());
        AddFootnotes(pending);
        AddBlockText(kind, text);
        AddFootnotes(footnotes.Count);
    }

    private string TakeBuffer()
    {
        var text = Clean(buffer.ToString());
        buffer.Clear();
        return text;
    }

    private void AddFootnotes(int count)
    {
        var notes = footnotes[..count];
        footnotes.RemoveRange(0, count);
        foreach (var note in notes)
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

    /// <summary>The text of an element on one line. Its footnotes are queued until the next flush.</summary>
    private string Captured(IElement element)
    {
        var outer = buffer;
        buffer = new StringBuilder();
        VisitInline(element);
        var text = Clean(buffer.ToString());
        buffer = outer;
        return text;
    }

    private void VisitInline(IElement element)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IText text)
            {
                Append(text.Data);
            }
            else if (child is IElement childElement)
            {
                var classes = childElement.ClassList;
                if (IsNoise(childElement, classes))
                    continue;

                var outer = visibility;
                visibility = visibility.Of(childElement, styles.GetStyle(childElement));
                var name = childElement.LocalName;
                if (visibility.EffectiveHiding is HiddenTextKind.NotDrawn or HiddenTextKind.OffPage or HiddenTextKind.Tiny)
                {
                    hidden.Add(visibility.EffectiveHiding.Value, childElement.TextContent);
                }
                else if (name is "math" or "br" || classes.Contains("ltx_Math") || classes.Contains("ltx_DisplayMath") || classes.Contains("mjx-chtml")
                    || classes.Contains("ltx_note") || classes.Contains("ltx_ERROR"))
                {
                    VisitVisible(childElement, classes);
                }
                else if (name is not "svg")
                {
                    var block = IsBlock(childElement, classes) || name is "tr" or "td" or "th" or "li";
                    if (block)
                        buffer.Append(' ');
                    VisitInline(childElement);
                    if (block)
                        buffer.Append(' ');
                }

                visibility = outer;
            }
        }
    }

    private string Clean(string text) => Characters.CollapseWhiteSpace(Characters.Normalize(Characters.RemoveInvisible(text, hidden)));

    private string Table(IElement table)
    {
        List<string> rows = [];
        foreach (var row in OwnRows(table))
        {
            var cells = row.Children
                .Where(cell => cell.LocalName is "td" or "th" || cell.ClassList.Contains("ltx_td"))
                .Select(CapturedCell)
                .ToArray();
            if (cells.Any(cell => cell.Length > 0))
                rows.Add(string.Join(" | ", cells).Trim());
        }

        return string.Join('\n', rows);
    }

    private string CapturedCell(IElement cell)
    {
        var outer = visibility;
        visibility = visibility.Of(cell, styles.GetStyle(cell));
        var text = visibility.EffectiveHiding is HiddenTextKind.NotDrawn or HiddenTextKind.OffPage or HiddenTextKind.Tiny ? HiddenCell(cell, visibility.EffectiveHiding.Value) : Captured(cell);
        visibility = outer;
        return text;
    }

    private string HiddenCell(IElement cell, HiddenTextKind kind)
    {
        hidden.Add(kind, cell.TextContent);
        return "";
    }

    // Tables may be nested in table cells. The rows of a nested table do not count.
    private static IEnumerable<IElement> OwnRows(IElement table) =>
        table.QuerySelectorAll("tr, .ltx_tr").Where(row => Ancestors(row).First(IsTable) == table);

    private static bool IsTable(IElement element) =>
        element.LocalName is "table" || element.ClassList.Contains("ltx_tabular") || element.ClassList.Contains("ltx_eqn_table") || element.ClassList.Contains("ltx_equationgroup") && element.LocalName is not "tbody";

    private string Equation(IElement element)
    {
        var table = IsTable(element) ? element : element.QuerySelector("table") ?? element;
        List<string> lines = [];
        var rows = table.LocalName is "table" ? OwnRows(table).ToArray() : [];
        foreach (var row in rows.Length > 0 ? rows : [element])
        {
            var line = string.Join(' ', row.Children.Select(cell => Captured(cell)).Where(cell => cell.Length > 0));
            if (row == element && row.Children.Length == 0)
                line = Captured(row);
            // The cells of an aligned formula form one formula.
            line = line.Replace("$ $", " ", StringComparison.Ordinal);
            if (line.Length > 0)
                lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private string List(IElement list)
    {
        List<string> items = [];
        foreach (var child in list.Children)
        {
            // In a description list, dt and dd form one item.
            var text = Captured(child);
            if (text.Length == 0)
                continue;
            if (child.LocalName is "dd" && items.Count > 0)
                items[^1] += $" {text}";
            else
                items.Add(text);
        }

        return string.Join('\n', items);
    }

    private string Lines(IElement listing)
    {
        var lines = listing.QuerySelectorAll(".ltx_listingline");
        if (lines.Length > 0)
            return string.Join('\n', lines.Select(line => Captured(line)).Where(line => line.Length > 0));

        var outer = buffer;
        buffer = new StringBuilder();
        VisitInline(listing);
        var text = Characters.Normalize(Characters.RemoveInvisible(buffer.ToString(), hidden)).ReplaceLineEndings("\n");
        buffer = outer;
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
    }

    private string Tex(IElement math)
    {
        var tex = math.QuerySelector("annotation[encoding='application/x-tex']")?.TextContent
            ?? math.GetAttribute("alttext")
            ?? math.QuerySelector("[alttext]")?.GetAttribute("alttext")
            // engrafo renders formulas with MathJax and keeps the TeX only in the label.
            ?? math.QuerySelector("[aria-label]")?.GetAttribute("aria-label")
            ?? math.GetAttribute("aria-label");
        if (tex is null)
            return math.TextContent;

        tex = TexFormula.Clean(tex, hidden);
        return tex.Length == 0 ? "" : $"${tex}$";
    }

    private static string? Anchor(IElement element) => element.Id is { Length: > 0 and <= 100 } id ? id : null;

    private static IEnumerable<IElement> Ancestors(IElement element)
    {
        for (var ancestor = element.ParentElement; ancestor is not null; ancestor = ancestor.ParentElement)
            yield return ancestor;
    }

    private static bool IsSection(IElement element, ITokenList classes) =>
        element.LocalName is "section" or "div" && (classes.Contains("ltx_section") || classes.Contains("ltx_subsection") || classes.Contains("ltx_subsubsection")
            || classes.Contains("ltx_paragraph") || classes.Contains("ltx_subparagraph") || classes.Contains("ltx_appendix") || classes.Contains("ltx_chapter")
            || classes.Contains("ltx_part") || classes.Contains("ltx_bibliography"));

    private static bool IsBlock(IElement element, ITokenList classes) =>
        element.LocalName is "p" or "div" or "section" or "article" or "blockquote" or "header" or "main" or "aside" or "tbody" or "details" or "summary"
            or "figure" or "ul" or "ol" or "table" or "foreignobject" or "foreignObject"
        || classes.Contains("ltx_p") || classes.Contains("ltx_para") || classes.Contains("ltx_minipage") || classes.Contains("ltx_inline-block");

    private static bool IsNoise(IElement element, ITokenList classes)
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

    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "ltx_bibliography", "ltx_biblist", "ltx_page_footer", "ltx_page_header", "ltx_page_navbar", "ltx_page_logo", "ltx_TOC", "ltx_toclist",
        "ltx_authors", "ltx_creator", "ltx_contact", "ltx_dates", "ltx_date", "ltx_classification", "ltx_keywords", "ltx_pagination", "ltx_rdf", "ltx_rule",
        "ltx_nodisplay", "ltx_note_mark", "ltx_note_type", "ltx_tag_note", "ltx_tag_bibitem", "ltx_indexphrase", "ltx_glossaryentry", "ltx_index",
        "ltx_tag_listingline", "ltx_LaTeXML_logo", "ar5iv-footer", "sr-only", "package-alerts", "ltx_missing_image",
        "MJX_Assistive_MathML", "ltx_engrafo_equation_number",
    };

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
