using System.Text;
using AngleSharp.Dom;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>
/// Reads the inline content of LaTeXML's elements: text, formulas and footnotes, and the lines of tables, lists, formulas and listings. Inline content
/// accumulates in a buffer, footnotes in a queue; hidden text is recorded instead.
/// </summary>
/// <param name="styles">The style sheets of the page.</param>
internal sealed class LatexmlText(PageStyles styles)
{
    private readonly List<string> footnotes = [];
    private readonly HiddenTextLog hidden = new();
    private StringBuilder buffer = new();

    /// <summary>The findings of hidden text.</summary>
    public IReadOnlyList<HiddenText> Hidden => hidden.Findings;

    /// <summary>The number of LaTeXML error markers.</summary>
    public int Errors { get; private set; }

    /// <summary>The visibility of the current element.</summary>
    public Visibility Visibility { get; set; } = Visibility.Plain;

    /// <summary>The number of footnotes in the queue.</summary>
    public int Footnotes => footnotes.Count;

    /// <summary>The visibility of a child of the current element.</summary>
    public Visibility VisibilityOf(IElement element) => Visibility.Of(element, styles.GetStyle(element));

    /// <summary>Records the text of an element as hidden, if the current visibility excludes the whole element.</summary>
    public bool TryHide(IElement element)
    {
        if (Visibility.EffectiveHiding is not (HiddenTextKind.NotDrawn or HiddenTextKind.OffPage or HiddenTextKind.Tiny))
            return false;
        hidden.Add(Visibility.EffectiveHiding.Value, element.TextContent);
        return true;
    }

    /// <summary>Appends text to the buffer, or records it as hidden.</summary>
    public void Append(string text)
    {
        if (Visibility.EffectiveHiding is { } kind)
            hidden.Add(kind, text);
        else
            buffer.Append(text);
    }

    /// <summary>Appends a formula, a footnote or a line break. False for other elements.</summary>
    public bool TryAppendInline(IElement element, ITokenList classes)
    {
        var name = element.LocalName;
        if (name is "math" || classes.Contains("ltx_Math") || classes.Contains("ltx_DisplayMath") || classes.Contains("mjx-chtml"))
            Append(ReadTex(element));
        else if (classes.Contains("ltx_ERROR"))
            Errors++;
        else if (classes.Contains("ltx_note"))
            VisitNote(element, classes);
        else if (name is "br")
            buffer.Append(' ');
        else
            return false;
        return true;
    }

    /// <summary>Empties the buffer and returns its text on one line.</summary>
    public string TakeBuffer()
    {
        var text = Clean(buffer.ToString());
        buffer.Clear();
        return text;
    }

    /// <summary>Removes the oldest footnotes from the queue.</summary>
    public List<string> TakeFootnotes(int count)
    {
        var notes = footnotes[..count];
        footnotes.RemoveRange(0, count);
        return notes;
    }

    /// <summary>The text of an element on one line. Its footnotes are queued until the next flush.</summary>
    public string Captured(IElement element)
    {
        var outer = buffer;
        buffer = new StringBuilder();
        VisitInline(element);
        var text = Clean(buffer.ToString());
        buffer = outer;
        return text;
    }

    /// <summary>The rows of a table, one a line.</summary>
    public string Table(IElement table)
    {
        List<string> rows = [];
        foreach (var row in LatexmlElements.OwnRows(table))
        {
            var cells = row.Children
                .Where(cell => cell.LocalName is "td" or "th" || cell.ClassList.Contains("ltx_td"))
                .Select(CaptureCell)
                .ToArray();
            if (cells.Any(cell => cell.Length > 0))
                rows.Add(string.Join(" | ", cells).Trim());
        }

        return string.Join('\n', rows);
    }

    /// <summary>The rows of a displayed formula, one a line.</summary>
    public string Equation(IElement element)
    {
        var table = LatexmlElements.IsTable(element) ? element : element.QuerySelector("table") ?? element;
        List<string> lines = [];
        var rows = table.LocalName is "table" ? LatexmlElements.OwnRows(table).ToArray() : [];
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

    /// <summary>The items of a list, one a line.</summary>
    public string List(IElement list)
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

    /// <summary>The lines of a listing.</summary>
    public string Lines(IElement listing)
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

    private void VisitNote(IElement element, ITokenList classes)
    {
        if (classes.Contains("ltx_role_footnote") || classes.Contains("ltx_role_footnotetext")
            || !classes.Any(name => name.StartsWith("ltx_role_", StringComparison.Ordinal)))
        {
            var content = element.QuerySelector(".ltx_note_content") ?? element;
            var text = Captured(content);
            if (text.Length > 0 && (footnotes.Count == 0 || footnotes[^1] != text))
                footnotes.Add(text);
        }
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
                if (LatexmlElements.IsNoise(childElement, classes))
                    continue;

                var outer = Visibility;
                Visibility = VisibilityOf(childElement);
                var name = childElement.LocalName;
                if (!TryHide(childElement) && !TryAppendInline(childElement, classes) && name is not "svg")
                {
                    var block = LatexmlElements.IsBlock(childElement, classes) || name is "tr" or "td" or "th" or "li";
                    if (block)
                        buffer.Append(' ');
                    VisitInline(childElement);
                    if (block)
                        buffer.Append(' ');
                }

                Visibility = outer;
            }
        }
    }

    private string Clean(string text) => Characters.CollapseWhiteSpace(Characters.Normalize(Characters.RemoveInvisible(text, hidden)));

    private string CaptureCell(IElement cell)
    {
        var outer = Visibility;
        Visibility = VisibilityOf(cell);
        var text = TryHide(cell) ? "" : Captured(cell);
        Visibility = outer;
        return text;
    }

    private string ReadTex(IElement math)
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
}
