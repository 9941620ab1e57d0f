using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Recognises title, abstract, headings, paragraphs, captions and tables in the lines of a paper.</summary>
internal sealed class PdfArticle
{
    private readonly PdfPageLayout layout;
    private readonly PdfParagraphText joiner;
    private readonly PdfHeadings headings;
    private readonly PdfBlockRules rules;
    private readonly List<PdfOpenSection> sections = [new("", SectionKind.Other, 1)];
    private readonly List<string> titleLines = [];
    private PdfOpenBlock? block;
    private bool frontMatter;
    private bool references;
    private bool afterReferences;
    private int sectionsBeforeReferences;
    private (double Size, bool Bold) topStyle;
    private (double Size, bool Bold) referencesStyle;

    private PdfArticle(List<PdfLine> lines)
    {
        layout = new PdfPageLayout(lines);
        joiner = new PdfParagraphText(lines);
        headings = new PdfHeadings(layout);
        rules = new PdfBlockRules(layout);
    }

    /// <summary>The title on one line; empty if none is recognised.</summary>
    public string Title => joiner.Join(titleLines);

    /// <summary>The paragraphs of the abstract.</summary>
    public string Abstract { get; private set; } = "";

    public IReadOnlyList<PaperSection> Sections { get; private set; } = [];

    /// <summary>The authors' institutions.</summary>
    public IReadOnlyList<string> Affiliations { get; private set; } = [];

    public static PdfArticle Of(IReadOnlyList<List<PdfLine>> pages)
    {
        PdfArticle article = new([.. pages.SelectMany(page => page)]);
        article.Read();
        return article;
    }

    private void Read()
    {
        var start = ReadTitle();
        Affiliations = PdfAuthorBlock.Affiliations(layout, start);
        frontMatter = layout.Lines.Skip(start)
            .Take(250)
            .Any(line => headings.IsHeading(line, null, topStyle.Bold, out var heading)
                && (SectionHeadings.IsAbstract(heading) || SectionHeadings.KindOf(heading) is SectionKind.Introduction)
            || PdfLinePatterns.RunInAbstract.IsMatch(line.Text));

        PdfLine? previous = null;
        for (var index = start; index < layout.Lines.Count; index++)
        {
            var line = layout.Lines[index];
            if (layout.IsDrawing(line))
                continue;

            if (RunInHeading(index) is { } runIn)
            {
                OpenRunIn(runIn.Heading);
                index += runIn.Lines - 1;
                previous = layout.Lines[index];
                if (runIn.Text is { } rest)
                    AddLine(previous = rest, null, index + 1 < layout.Lines.Count ? layout.Lines[index + 1] : null);
                continue;
            }

            if (headings.IsHeading(line, previous, topStyle.Bold, out var heading))
            {
                // A heading may span several lines of one style.
                while (index + 1 < layout.Lines.Count && PdfHeadings.ContinuesHeading(layout.Lines[index], layout.Lines[index + 1], heading))
                    heading = joiner.Join([heading, layout.Lines[++index].Text]);
                if (OpenHeading(line, heading))
                {
                    previous = layout.Lines[index];
                    continue;
                }
            }

            if (!references)
                AddLine(line, previous, index + 1 < layout.Lines.Count ? layout.Lines[index + 1] : null);
            previous = line;
        }

        CloseBlock();
        PdfSectionText text = new(layout, joiner);
        (Abstract, Sections) = PdfAbstract.Split(
            [.. sections.Where(section => section.Heading.Length > 0 || section.Blocks.Count > 0).Select(text.Closed)]);
    }

    private int ReadTitle()
    {
        if (layout.Lines.Count == 0)
            return 0;

        var first = layout.Lines[0].Page;
        var page = layout.Lines.TakeWhile(line => line.Page == first).ToList();
        var (top, bottom) = (page.Max(line => line.Baseline), page.Min(line => line.Baseline));
        var candidates = page.Take(25)
            .Where(line => Words.Count(line.Text) > 0 && line.Characters > 3 && line.Baseline >= top - (0.4 * (top - bottom)))
            .ToList();
        if (candidates.Count == 0)
            return 0;
        var largest = candidates.Max(line => line.Size);
        if (largest < layout.BodySize * 1.1)
            return 0;

        var start = page.IndexOf(candidates.First(line => line.Size > largest - 0.4));
        var end = start;
        while (end < page.Count && page[end].Size > largest - 0.4 && (end == start || page[end - 1].Baseline - page[end].Baseline < 2.2 * largest))
            titleLines.Add(page[end++].Text);
        return end;
    }

    /// <summary>The bold run-in heading that starts a paragraph at a line; it spans one or two lines.</summary>
    private (string Heading, PdfLine? Text, int Lines)? RunInHeading(int index)
    {
        var line = layout.Lines[index];
        if (references || sections.Count == 1 || Math.Abs(line.Size - layout.BodySize) > 0.07 * layout.BodySize
            || !line.Segments[0].Glyphs[0].Face.Bold || !BeginsParagraph(line))
        {
            return null;
        }

        if (PdfRunInHeading.Of(line) is { } heading)
            return heading.Remaining is not null || layout.IsFollowedByText(line) ? (heading.Heading, heading.Remaining, 1) : null;
        if (line.BoldShare < 0.99 || index + 1 == layout.Lines.Count || !layout.IsBelow(line, layout.Lines[index + 1], 1.15)
            || SectionHeadings.KindOf(line.Text) is not null || Words.Count(line.Text) < 4)
        {
            return null;
        }

        return PdfRunInHeading.Of(layout.Lines[index + 1], isContinued: true) is { Remaining: { } rest } second
            ? (joiner.Join([line.Text, second.Heading]), rest, 2)
            : null;
    }

    private bool BeginsParagraph(PdfLine line)
    {
        var (left, _) = layout.ColumnOf(line);
        if (line.Left > left + (2.5 * layout.BodySize) || PdfLinePatterns.Caption.IsMatch(line.Text) || PdfLinePatterns.Bullet.IsMatch(line.Text)
            || PdfLinePatterns.NumberedHeading.IsMatch(line.Text))
        {
            return false;
        }

        return block is not { } open || !layout.IsBelow(open.Lines[^1], line, open.Kind is BlockKind.Caption ? 1.4 : 1.15)
            || open.Kind is BlockKind.Paragraph or BlockKind.List && PdfLinePatterns.EndsSentence(open.Lines[^1].Text);
    }

    private void OpenRunIn(string heading)
    {
        CloseBlock();
        var parent = sections.Last(section => !section.IsRunIn);
        sections.Add(new PdfOpenSection(heading, SectionHeadings.KindOf(heading, parent.Kind), parent.Level + 1) { IsRunIn = true });
    }

    /// <summary>Opens a section. False if the line is not a heading after all.</summary>
    private bool OpenHeading(PdfLine line, string heading)
    {
        heading = heading.Trim();
        var style = (Math.Round(line.Size, 1), line.BoldShare > 0.75);
        var number = PdfLinePatterns.LeadingNumber.Match(heading);
        if (references)
        {
            // Only a heading of the same rank ends the list of references.
            var sameRank = Math.Abs(style.Item1 - referencesStyle.Size) < 0.6 && style.Item2 == referencesStyle.Bold || style.Item1 > referencesStyle.Size;
            if (!sameRank)
                return true;
            references = false;
        }

        CloseBlock();
        if (SectionHeadings.IsReferences(heading))
        {
            references = true;
            if (!afterReferences)
                sectionsBeforeReferences = sections.Count;
            afterReferences = true;
            referencesStyle = style;
            return true;
        }

        if (!SectionHeadings.IsAbstract(heading))
        {
            if (frontMatter && sections.All(section => section.IsFront || section.Heading.Length == 0)
                && SectionHeadings.KindOf(heading) is not SectionKind.Introduction && !number.Success)
                return true; // An author's name in bold before the abstract.
            frontMatter = false;
        }

        if (topStyle == default && (number.Success || SectionHeadings.KindOf(heading) is SectionKind.Introduction))
            topStyle = style;

        var level = number.Success && number.Groups["number"].Value.Count(character => character == '.') is var dots && dots > 0 ? dots + 1
            : number.Success || topStyle == default || style.Item1 > topStyle.Size - 0.3 && style.Item2 == topStyle.Bold ? 1
            : 3;
        // If sections have Roman numerals, "A." is a subsection.
        if (number.Success && number.Groups["number"].Value is [>= 'A' and <= 'Z'] && topStyle != default && style != topStyle && line.ItalicShare > 0.5)
            level = 2;

        var letter = number.Success && char.IsAsciiLetterUpper(number.Groups["number"].Value[0])
            && !PdfLinePatterns.Roman.IsMatch(number.Groups["number"].Value);
        // The first heading after the references does not belong to any section before them.
        if (sections.Count == sectionsBeforeReferences)
            level = 1;
        var parent = sections.LastOrDefault(section => section.Level < level)?.Kind ?? SectionKind.Other;
        var kind = letter && level == 1
            && sections.Any(section => section.Kind is SectionKind.Conclusion or SectionKind.Acknowledgements or SectionKind.Appendix)
            ? SectionKind.Appendix
            : afterReferences && level == 1 ? SectionKinds.AfterReferences(heading, sections.Select(section => section.Kind))
            : SectionHeadings.KindOf(heading, level > 1 ? parent : SectionKind.Other);
        sections.Add(new PdfOpenSection(heading, kind, level) { IsFront = SectionHeadings.IsAbstract(heading) });
        return true;
    }

    private void AddLine(PdfLine line, PdfLine? previous, PdfLine? next)
    {
        if (PdfLinePatterns.IsAcknowledgements(line.Text) && line.BoldShare > 0.1 && (block is null || !layout.IsBelow(block.Lines[^1], line, 1.15)))
        {
            CloseBlock();
            sections.Add(new PdfOpenSection("Acknowledgements", SectionKind.Acknowledgements, 1));
        }

        var kind = rules.KindOf(block, line, next);
        if (block is { } open && rules.Continues(open, line, previous, kind))
        {
            open.Lines.Add(line);
            return;
        }

        CloseBlock();

        // A paragraph may continue in the next column, after floats and footnotes. Those then follow the paragraph.
        if (kind is BlockKind.Paragraph && sections[^1].Pending is { } pending && rules.GoesOn(pending, line))
        {
            sections[^1].Pending = null;
            pending.Lines.Add(line);
            block = pending;
            return;
        }

        block = new PdfOpenBlock(kind, [line]);
    }

    private void CloseBlock()
    {
        if (block is not { } closing)
            return;

        block = null;
        var section = sections[^1];
        if (!section.Blocks.Contains(closing))
            section.Blocks.Add(closing);
        if (closing.Kind is BlockKind.Paragraph or BlockKind.List && closing.Lines[^1].Size > layout.BodySize * 0.94 && !rules.IsLoosePiece(closing))
            section.Pending = PdfLinePatterns.EndsSentence(closing.Lines[^1].Text) ? null : closing;
        else if (closing.Kind is BlockKind.Equation && closing.Lines.Exists(line => PdfLinePatterns.EquationNumber.IsMatch(line.Segments[^1].Text)))
            section.Pending = null; // Text after a numbered formula stays after it.
    }
}
