using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Recognises title, abstract, headings, paragraphs, captions and tables in the lines of a paper.</summary>
internal sealed class PdfArticle
{
    private readonly List<PdfLine> lines;
    private readonly PdfParagraphText joiner;
    private readonly HashSet<string> textFaces;
    private readonly Dictionary<(int Page, int Column), (double Left, double Right)> columns = [];
    private readonly double bodySize;
    private readonly double pitch;
    private readonly List<OpenSection> sections = [new("", SectionKind.Other, 1)];
    private readonly List<string> titleLines = [];
    private OpenBlock? block;
    private bool frontMatter;
    private bool references;
    private bool afterReferences;
    private int sectionsBeforeReferences;
    private (double Size, bool Bold) topStyle;
    private (double Size, bool Bold) referencesStyle;

    private PdfArticle(List<PdfLine> lines)
    {
        this.lines = lines;
        joiner = new PdfParagraphText(lines);
        bodySize = PdfBodyText.Size(lines);
        foreach (var column in lines.GroupBy(line => (line.Page, line.Column)))
        {
            var text = column.Where(line => line.Characters > 25).ToList();
            if (text.Count == 0)
                text = [.. column];
            columns[column.Key] = (MostCommon(text.Select(line => line.Left)), MostCommon(text.Select(line => line.Right)));
        }

        pitch = Pitch();
        textFaces = lines.Where(line => line.Characters >= 40 && line.Segments.Count == 1)
            .SelectMany(line => line.Segments)
            .GroupBy(segment => segment.Face.Name)
            .Where(group => group.Count() >= 3)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The title on one line; empty if none is recognised.</summary>
    public string Title => joiner.Join(titleLines);

    /// <summary>The paragraphs of the abstract.</summary>
    public string Abstract { get; private set; } = "";

    public IReadOnlyList<PaperSection> Sections { get; private set; } = [];

    public static PdfArticle Of(IReadOnlyList<List<PdfLine>> pages)
    {
        PdfArticle article = new([.. pages.SelectMany(page => page)]);
        article.Read();
        return article;
    }

    private static double MostCommon(IEnumerable<double> values) => values.GroupBy(value => Math.Round(value)).MaxBy(group => group.Count())!.Average();

    private double Pitch()
    {
        List<double> steps = [];
        for (var index = 1; index < lines.Count; index++)
        {
            var (previous, line) = (lines[index - 1], lines[index]);
            var step = previous.Baseline - line.Baseline;
            if (line.Page == previous.Page && line.Column == previous.Column && line.Characters > 25 && Math.Abs(line.Size - bodySize) < 0.6 && step > 0.8 * bodySize && step < 2.5 * bodySize)
                steps.Add(step);
        }

        return steps.Count == 0 ? 1.2 * bodySize : MostCommon(steps);
    }

    private void Read()
    {
        var start = ReadTitle();
        frontMatter = lines.Skip(start).Take(250).Any(line => IsHeading(line, null, out var heading) && (SectionHeadings.IsAbstract(heading) || SectionHeadings.KindOf(heading) is SectionKind.Introduction)
            || RunInAbstract.IsMatch(line.Text));

        PdfLine? previous = null;
        for (var index = start; index < lines.Count; index++)
        {
            var line = lines[index];
            if (IsDrawing(line))
                continue;

            if (RunInHeading(index) is { } runIn)
            {
                OpenRunIn(runIn.Heading);
                index += runIn.Lines - 1;
                previous = lines[index];
                if (runIn.Text is { } rest)
                    AddLine(previous = rest, null, index + 1 < lines.Count ? lines[index + 1] : null);
                continue;
            }

            if (IsHeading(line, previous, out var heading))
            {
                // A heading may span several lines of one style.
                while (index + 1 < lines.Count && ContinuesHeading(lines[index], lines[index + 1], heading))
                    heading = joiner.Join([heading, lines[++index].Text]);
                if (OpenHeading(line, heading))
                {
                    previous = lines[index];
                    continue;
                }
            }

            if (!references)
                AddLine(line, previous, index + 1 < lines.Count ? lines[index + 1] : null);
            previous = line;
        }

        CloseBlock();
        Sections = [.. sections.Where(section => section.Heading.Length > 0 || section.Blocks.Count > 0).Select(Closed)];
        FindAbstract();
    }

    private int ReadTitle()
    {
        if (lines.Count == 0)
            return 0;

        var first = lines[0].Page;
        var page = lines.TakeWhile(line => line.Page == first).ToList();
        var (top, bottom) = (page.Max(line => line.Baseline), page.Min(line => line.Baseline));
        var candidates = page.Take(25).Where(line => Words.Count(line.Text) > 0 && line.Characters > 3 && line.Baseline >= top - (0.4 * (top - bottom))).ToList();
        if (candidates.Count == 0)
            return 0;
        var largest = candidates.Max(line => line.Size);
        if (largest < bodySize * 1.1)
            return 0;

        var start = page.IndexOf(candidates.First(line => line.Size > largest - 0.4));
        var end = start;
        while (end < page.Count && page[end].Size > largest - 0.4 && (end == start || page[end - 1].Baseline - page[end].Baseline < 2.2 * largest))
            titleLines.Add(page[end++].Text);
        return end;
    }

    // Labels of drawings are short, and either use the drawing's own fonts or are much smaller than text.
    private bool IsDrawing(PdfLine line)
    {
        var (left, right) = ColumnOf(line);
        var isShort = line.Right - line.Left < 0.7 * (right - left) || line.Characters < 30;
        if (line.Size < bodySize * 0.52)
            return true;
        return isShort && line.Segments.All(segment => !textFaces.Contains(segment.Face.Name) && !segment.Face.Math && !segment.Face.Bold && !IsTexFace(segment.Face.Name));
    }

    private static bool IsTexFace(string name) => Array.Exists(texFaces, face => name.StartsWith(face, StringComparison.Ordinal));

    private static bool IsListingLine(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is var end and > 0
        && (line[..end] is "Require" or "Ensure" or "Input" or "Inputs" or "Output" or "Outputs" or "Parameter" or "Parameters"
            || (end <= 3 && !line.AsSpan(0, end).ContainsAnyExceptInRange('0', '9')));

    private static bool IsAcknowledgements(string line) =>
        string.Concat(line.TakeWhile(char.IsLetterOrDigit)) is "Acknowledgements" or "Acknowledgments" or "Acknowledgement" or "Acknowledgment";

    private (double Left, double Right) ColumnOf(PdfLine line) => columns[(line.Page, line.Column)];

    private bool IsHeading(PdfLine line, PdfLine? previous, out string heading)
    {
        heading = line.Text;
        var letters = heading.Count(char.IsLetter);
        if (letters < 3 || heading.Length > 120 || line.Segments.Count > 2 || Words.Count(heading) > 16 || line.MathShare > 0.4 || Caption.IsMatch(heading))
            return false;
        if (line.Segments.Count == 2 && !SectionNumber.IsMatch(line.Segments[0].Text))
            return false;
        var numbered = NumberedHeading.IsMatch(heading);
        var bold = line.BoldShare > 0.75;
        var bigger = line.Size > bodySize * 1.07;
        var capitals = letters >= 4 && heading.Where(char.IsLetter).All(char.IsUpper);
        // Headings in small capitals and the heading of the abstract may be smaller than the text.
        if (line.Size < bodySize * (numbered && capitals || SectionHeadings.IsAbstract(heading) || SectionHeadings.IsReferences(heading) ? 0.72 : 0.93))
            return false;

        var kind = SectionHeadings.KindOf(heading);
        var known = Words.Count(SectionHeadings.WithoutNumber(heading)) <= 6
            && (kind is not null || SectionHeadings.IsAbstract(heading) || SectionHeadings.IsReferences(heading));
        if (heading[^1] is ',' or ';' || heading[^1] is '.' && !known && !numbered)
            return false;

        // A heading has extra space above it; a bold line within a paragraph does not.
        var apart = previous is null || previous.Page != line.Page || previous.Column != line.Column || Math.Abs(previous.Baseline - line.Baseline) > 1.15 * pitch;
        var (left, _) = ColumnOf(line);
        // Where text flows around a figure, the left edge is that of the preceding line.
        var atEdge = line.Left < left + (1.5 * bodySize) || IsCentred(line) || previous is not null && previous.Page == line.Page && Math.Abs(previous.Left - line.Left) < 1;

        if (numbered && (bold || bigger || capitals) && apart && atEdge)
            return true;
        if (numbered && apart && atEdge && line.ItalicShare > 0.75 && char.IsUpper(heading[0]))
            return true;
        if (known && (bold || bigger || capitals) && apart && atEdge)
            return true;
        if (known && apart && SectionHeadings.WithoutNumber(heading).Equals(heading.Trim(), StringComparison.Ordinal) && (SectionHeadings.IsReferences(heading) || SectionHeadings.IsAbstract(heading)))
            return true;
        return (bigger && bold || bigger && line.Size > bodySize * 1.15) && apart && atEdge && char.IsUpper(heading.First(char.IsLetter)) && letters > heading.Length / 2
            || line.BoldShare > 0.95 && apart && atEdge && char.IsUpper(heading[0]) && Words.Count(heading) <= 10 && line.Characters > 5 && letters > heading.Length * 0.6 && topStyle.Bold && IsFollowedByText(line);
    }

    /// <summary>The bold run-in heading that starts a paragraph at a line; it spans one or two lines.</summary>
    private (string Heading, PdfLine? Text, int Lines)? RunInHeading(int index)
    {
        var line = lines[index];
        if (references || sections.Count == 1 || Math.Abs(line.Size - bodySize) > 0.07 * bodySize || !line.Segments[0].Glyphs[0].Face.Bold || !BeginsParagraph(line))
            return null;

        if (PdfRunInHeading.Of(line) is { } heading)
            return heading.Remaining is not null || IsFollowedByText(line) ? (heading.Heading, heading.Remaining, 1) : null;
        if (line.BoldShare < 0.99 || index + 1 == lines.Count || !IsBelow(line, lines[index + 1], 1.15) || SectionHeadings.KindOf(line.Text) is not null || Words.Count(line.Text) < 4)
            return null;
        return PdfRunInHeading.Of(lines[index + 1], isContinued: true) is { Remaining: { } rest } second ? (joiner.Join([line.Text, second.Heading]), rest, 2) : null;
    }

    private bool BeginsParagraph(PdfLine line)
    {
        var (left, _) = ColumnOf(line);
        if (line.Left > left + (2.5 * bodySize) || Caption.IsMatch(line.Text) || Bullet.IsMatch(line.Text) || NumberedHeading.IsMatch(line.Text))
            return false;
        return block is not { } open || !IsBelow(open.Lines[^1], line, open.Kind is BlockKind.Caption ? 1.4 : 1.15)
            || open.Kind is BlockKind.Paragraph or BlockKind.List && EndsSentence(open.Lines[^1].Text);
    }

    private void OpenRunIn(string heading)
    {
        CloseBlock();
        var parent = sections.Last(section => !section.IsRunIn);
        sections.Add(new OpenSection(heading, SectionHeadings.KindOf(heading, parent.Kind), parent.Level + 1) { IsRunIn = true });
    }

    private bool IsFollowedByText(PdfLine line)
    {
        var index = lines.IndexOf(line) + 1;
        return index < lines.Count && lines[index].Page == line.Page && lines[index].BoldShare < 0.5 && lines[index].Segments.Count == 1
            && lines[index].Characters > 25 && Math.Abs(lines[index].Size - bodySize) < 0.6;
    }

    private bool IsCentred(PdfLine line)
    {
        var (left, right) = ColumnOf(line);
        return Math.Abs((line.Left + line.Right) / 2 - (left + right) / 2) < 0.04 * (right - left) && line.Left > left + bodySize;
    }

    private static bool ContinuesHeading(PdfLine line, PdfLine next, string heading) =>
        next.Page == line.Page && next.Column == line.Column && Math.Abs(next.Size - line.Size) < 0.3 && Math.Abs(next.BoldShare - line.BoldShare) < 0.25
        && (line.BoldShare > 0.75 || line.Size > 11.5)
        && line.Baseline - next.Baseline > 0 && line.Baseline - next.Baseline < 1.45 * line.Size
        && !NumberedHeading.IsMatch(next.Text) && Words.Count(heading) + Words.Count(next.Text) <= 22 && !SectionHeadings.IsAbstract(heading) && !SectionHeadings.IsReferences(heading)
        && line.Segments.Count <= 2 && next.Segments.Count == 1;

    /// <summary>Opens a section. False if the line is not a heading after all.</summary>
    private bool OpenHeading(PdfLine line, string heading)
    {
        heading = heading.Trim();
        var style = (Math.Round(line.Size, 1), line.BoldShare > 0.75);
        var number = LeadingNumber.Match(heading);
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
            if (frontMatter && sections.All(section => section.IsFront || section.Heading.Length == 0) && SectionHeadings.KindOf(heading) is not SectionKind.Introduction && !number.Success)
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

        var letter = number.Success && char.IsAsciiLetterUpper(number.Groups["number"].Value[0]) && !Roman.IsMatch(number.Groups["number"].Value);
        // The first heading after the references does not belong to any section before them.
        if (sections.Count == sectionsBeforeReferences)
            level = 1;
        var parent = sections.LastOrDefault(section => section.Level < level)?.Kind ?? SectionKind.Other;
        var kind = letter && level == 1 && sections.Any(section => section.Kind is SectionKind.Conclusion or SectionKind.Acknowledgements or SectionKind.Appendix)
            ? SectionKind.Appendix
            : afterReferences && level == 1 ? SectionKinds.AfterReferences(heading, sections.Select(section => section.Kind))
            : SectionHeadings.KindOf(heading, level > 1 ? parent : SectionKind.Other);
        sections.Add(new OpenSection(heading, kind, level) { IsFront = SectionHeadings.IsAbstract(heading) });
        return true;
    }

    private void AddLine(PdfLine line, PdfLine? previous, PdfLine? next)
    {
        if (IsAcknowledgements(line.Text) && line.BoldShare > 0.1 && (block is null || !IsBelow(block.Lines[^1], line, 1.15)))
        {
            CloseBlock();
            sections.Add(new OpenSection("Acknowledgements", SectionKind.Acknowledgements, 1));
        }

        var kind = KindOf(line, next);
        if (block is { } open && Continues(open, line, previous, kind))
        {
            open.Lines.Add(line);
            return;
        }

        CloseBlock();

        // A paragraph may continue in the next column, after floats and footnotes. Those then follow the paragraph.
        if (kind is BlockKind.Paragraph && sections[^1].Pending is { } pending && GoesOn(pending, line))
        {
            sections[^1].Pending = null;
            pending.Lines.Add(line);
            block = pending;
            return;
        }

        block = new OpenBlock(kind, [line]);
    }

    private BlockKind KindOf(PdfLine line, PdfLine? next)
    {
        // "Fig. 4." may also start a line in the middle of a sentence.
        var runsOn = block is { Kind: BlockKind.Paragraph or BlockKind.List } running && !EndsSentence(running.Lines[^1].Text) && IsBelow(running.Lines[^1], line, 1.2)
            && Math.Abs(running.Lines[^1].Size - line.Size) < 0.3 && line.Left < running.Lines[^1].Left + 2;
        if (Caption.IsMatch(line.Text) && !runsOn)
            return BlockKind.Caption;
        if (IsListingLine(line.Text))
            return BlockKind.Listing;
        if (block is { Kind: BlockKind.Listing } listing && IsBelow(listing.Lines[^1], line, 2) && (line.Left > listing.Lines[0].Left + (0.5 * bodySize) || line.Characters < 30))
            return BlockKind.Listing;
        if (block is { Kind: BlockKind.Caption } caption && !caption.Lines[0].Text.StartsWith("Algorithm", StringComparison.Ordinal) && IsBelow(caption.Lines[^1], line, 1.25) && Math.Abs(line.Size - caption.Lines[^1].Size) < 0.5 && line.Segments.Count == 1)
            return BlockKind.Caption;

        var (left, right) = ColumnOf(line);
        var numbered = EquationNumber.IsMatch(line.Segments[^1].Text);
        if (runsOn && line.Segments.Count == 1 && !(block is { Kind: BlockKind.List } && Bullet.IsMatch(line.Text)))
            return BlockKind.Paragraph;
        if ((line.MathShare > 0.3 && line.Left > left + bodySize || line.Left > left + (3 * bodySize) && Relation.IsMatch(line.Text) && Words.Count(line.Text) < 9 || numbered && line.Segments.Count > 1 && line.Left > left + bodySize)
            && Words.Count(line.Text) < 14)
        {
            return BlockKind.Equation;
        }

        if (block is { Kind: BlockKind.Equation } && line.Characters < 8 && line.Size < bodySize * 1.2)
            return BlockKind.Equation;

        if (line.Segments.Count >= 3 || line.Segments.Count == 2 && (block is { Kind: BlockKind.Table } || next is { Segments.Count: >= 2 }) && !Bullet.IsMatch(line.Segments[0].Text))
            return BlockKind.Table;
        if (block is { Kind: BlockKind.Table } && next is { Segments.Count: >= 2 } && line.Characters < 60 && IsBelow(block.Lines[^1], line, 2))
            return BlockKind.Table;
        return Bullet.IsMatch(line.Text) ? BlockKind.List : BlockKind.Paragraph;
    }

    private bool IsBelow(PdfLine upper, PdfLine lower, double pitches)
    {
        var step = upper.Baseline - lower.Baseline;
        // The last line of a caption that spans both columns may end within the first.
        var sameColumn = upper.Column == lower.Column || upper.Column == -1 && lower.Left < upper.Left + (6 * bodySize) || lower.Column == -1;
        return upper.Page == lower.Page && sameColumn && step > -0.3 * bodySize && step < pitches * pitch * Math.Max(0.9, lower.Size / bodySize);
    }

    private bool Continues(OpenBlock open, PdfLine line, PdfLine? previous, BlockKind kind)
    {
        var last = open.Lines[^1];
        if (open.Kind is BlockKind.Listing || kind is BlockKind.Listing)
            return kind == open.Kind && IsBelow(last, line, 3);
        if (open.Kind is BlockKind.Equation or BlockKind.Table)
            return kind == open.Kind && IsBelow(last, line, open.Kind is BlockKind.Table ? 3 : 3.5);
        if (kind is BlockKind.Caption)
            return open.Kind is BlockKind.Caption && !Caption.IsMatch(line.Text);
        if (kind is BlockKind.Equation or BlockKind.Table || previous != last && previous is not null && !IsBelow(last, line, 2.2))
            return false;
        if (kind is BlockKind.List)
            return false;
        // The rest of a hyphenated word.
        if (open.Kind is BlockKind.List && last.Text.EndsWith('-') && char.IsLower(line.Text[0]) && Math.Abs(last.Size - line.Size) < 0.3 && IsBelow(last, line, 1.3))
            return true;
        if (open.Kind is BlockKind.Caption || !IsSameSize(last, line) || !IsBelow(last, line, 1.3))
            return false;

        if (open.Kind is BlockKind.List)
            return line.Left > open.Lines[0].Left + 2 || open.Lines.Count > 1 && Math.Abs(line.Left - last.Left) < 2;

        // A new paragraph starts with an indented line, unless the whole paragraph is indented, or after a short last line.
        if (line.Left > last.Left + (0.7 * bodySize) && !(open.Lines.Count == 1 && last.Segments.Count > 1))
            return false;
        var (_, right) = ColumnOf(line);
        return !(last.Right < right - (2.5 * bodySize) && EndsSentence(last.Text));
    }

    // A short last line may consist mostly of subscripts.
    private static bool IsSameSize(PdfLine last, PdfLine line) =>
        Math.Abs(last.Size - line.Size) <= 0.7 || line.Characters < 12 && line.Segments[0].Glyphs[0] is var first && Math.Abs(last.Size - first.Size) <= 0.7;

    private bool GoesOn(OpenBlock pending, PdfLine line)
    {
        var last = pending.Lines[^1];
        if (!IsSameSize(last, line) || line.Page - last.Page > 2)
            return false;
        var start = line.Text.FirstOrDefault(char.IsLetterOrDigit);
        if (last.Text.EndsWith('-') && char.IsLetter(start))
            return true;
        if (EndsSentence(last.Text))
            return false;
        var (_, right) = ColumnOf(last);
        var (left, edge) = ColumnOf(line);
        // Excludes labels within a float: continued text fills its line or ends its sentence.
        if (line.Right - line.Left < 0.5 * (edge - left) && !EndsSentence(line.Text))
            return false;
        return char.IsLower(start) && line.Text.Length > 0 && (char.IsLetter(line.Text[0]) || line.Text[0] is '(' or '[')
            || last.Right > right - bodySize && line.Left < left + (0.5 * bodySize) && (line.Page, line.Column) != (last.Page, last.Column);
    }

    private static bool EndsSentence(string text) => text.TrimEnd('”', '"', ')', '’', ' ') is [.., '.' or '?' or '!' or ':'];

    private void CloseBlock()
    {
        if (block is not { } closing)
            return;

        block = null;
        var section = sections[^1];
        if (!section.Blocks.Contains(closing))
            section.Blocks.Add(closing);
        if (closing.Kind is BlockKind.Paragraph or BlockKind.List && closing.Lines[^1].Size > bodySize * 0.94 && !IsLoosePiece(closing))
            section.Pending = EndsSentence(closing.Lines[^1].Text) ? null : closing;
        else if (closing.Kind is BlockKind.Equation && closing.Lines.Exists(line => EquationNumber.IsMatch(line.Segments[^1].Text)))
            section.Pending = null; // Text after a numbered formula stays after it.
    }

    // A table cell or label misread as a paragraph. It belongs to a float, and text may continue after it.
    private bool IsLoosePiece(OpenBlock piece)
    {
        var (left, right) = ColumnOf(piece.Lines[0]);
        return piece.Lines.Count <= 3 && piece.Lines.TrueForAll(line => line.Right - line.Left < 0.5 * (right - left));
    }

    private PaperSection Closed(OpenSection section)
    {
        List<PaperBlock> blocks = [];
        foreach (var open in Regrouped(section.Blocks))
        {
            var text = open.Kind switch
            {
                BlockKind.Table => string.Join('\n', Rows(open.Lines)),
                BlockKind.Listing => string.Join('\n', ListingLines(open.Lines)),
                BlockKind.Equation => string.Join(' ', open.Lines.Select(line => line.Text)),
                _ => joiner.Join(open.Lines.Select(line => line.Text)),
            };

            // Two columns of words on one line are not a table.
            var kind = open.Kind;
            if (kind is BlockKind.Table && !text.Contains('\n', StringComparison.Ordinal))
                (kind, text) = (BlockKind.Paragraph, joiner.Join(open.Lines.Select(line => line.Text)));
            if (Words.Count(text) == 0 || kind is BlockKind.Paragraph && open.Lines[0].Page == lines[0].Page && open.Lines[0].Size < bodySize * 0.95 && Array.Exists(authorNotes, note => text.StartsWith(note, StringComparison.Ordinal)))
                continue;
            if (kind is BlockKind.List && blocks is [.., { Kind: BlockKind.List } list])
                blocks[^1] = list with { Text = $"{list.Text}\n{text}" };
            else if (kind is BlockKind.Listing && blocks is [.., { Kind: BlockKind.Listing } listing])
                blocks[^1] = listing with { Text = $"{listing.Text}\n{text}" };
            else if (kind is BlockKind.Equation && blocks is [.., { Kind: BlockKind.Equation } equation])
                blocks[^1] = equation with { Text = $"{equation.Text}\n{text}" };
            else
                blocks.Add(new PaperBlock(kind, text));
        }

        return new PaperSection(section.Heading, section.Kind, null, section.Level, blocks);
    }

    /// <summary>
    /// Reassembles tables from their fragments (multi-line cells, bracketed cells, row labels) and drops the labels of a drawing above its caption.
    /// </summary>
    private static List<OpenBlock> Regrouped(List<OpenBlock> blocks)
    {
        List<OpenBlock> result = [];
        for (var index = 0; index < blocks.Count;)
        {
            var end = index;
            while (end < blocks.Count && blocks[end].Lines[0].Page == blocks[index].Lines[0].Page && blocks[end].Lines[0].Column == blocks[index].Lines[0].Column && IsFragment(blocks[end]))
                end++;

            var run = blocks[index..end];
            var beforeFigure = end < blocks.Count && blocks[end].Kind is BlockKind.Caption && blocks[end].Lines[0].Text.StartsWith("Fig", StringComparison.OrdinalIgnoreCase);
            if (beforeFigure && run.Exists(piece => piece.Kind is BlockKind.Table) && IsScale(run))
            {
                // Drops the numbers along the axes of a plot.
            }
            else if (run.Count > 1 && run.Exists(piece => piece.Kind is BlockKind.Table))
            {
                result.Add(new OpenBlock(BlockKind.Table, [.. run.SelectMany(piece => piece.Lines)]));
            }
            else
            {
                // Many short fragments are labels of a drawing. Next to a table's caption they are cells, and list items have bullets.
                var isDrawing = beforeFigure || run.Count > 4 && !(end < blocks.Count && IsTableCaption(blocks[end])) && !(result.Count > 0 && IsTableCaption(result[^1]));
                result.AddRange(run.Where(piece => !isDrawing || piece.Kind is not BlockKind.Paragraph && (!beforeFigure || piece.Kind is not BlockKind.List)));
            }

            if (end == index)
                result.Add(blocks[end++]);
            index = end;
        }

        return result;
    }

    private static bool IsTableCaption(OpenBlock piece) => piece.Kind is BlockKind.Caption && piece.Lines[0].Text.StartsWith("Table", StringComparison.OrdinalIgnoreCase);

    private static bool IsScale(List<OpenBlock> run)
    {
        var cells = run.SelectMany(piece => piece.Lines).SelectMany(line => line.Segments).ToList();
        return cells.Count(cell => !cell.Text.Any(char.IsLetter)) > 0.7 * cells.Count;
    }

    private static bool IsFragment(OpenBlock piece) => piece.Kind switch
    {
        BlockKind.Table => true,
        BlockKind.Equation => piece.Lines.All(line => line.Characters < 60 && !Relation.IsMatch(line.Text)),
        BlockKind.Paragraph or BlockKind.List => piece.Lines.All(line => line.Characters < 40 && Words.Count(line.Text) < 7 && !EndsSentence(line.Text)),
        _ => false,
    };

    /// <summary>One string per numbered line. Lines in between continue the preceding numbered line.</summary>
    private static List<string> ListingLines(List<PdfLine> lines)
    {
        List<string> result = [];
        foreach (var line in lines)
        {
            if (result.Count == 0 || IsListingLine(line.Text) || line.Characters >= 30)
                result.Add(line.Text);
            else
                result[^1] += $" {line.Text}";
        }

        return result;
    }

    /// <summary>Reconstructs the rows of a table from the positions of its fragments.</summary>
    private static IEnumerable<string> Rows(List<PdfLine> lines)
    {
        List<PdfSegment> row = [];
        foreach (var segment in lines.SelectMany(line => line.Segments).OrderByDescending(segment => segment.Baseline))
        {
            if (row.Count > 0 && row[0].Baseline - segment.Baseline > 0.4 * Math.Max(row[0].Size, segment.Size))
            {
                yield return Row(row);
                row = [];
            }

            row.Add(segment);
        }

        yield return Row(row);
    }

    private static string Row(List<PdfSegment> row) => string.Join(" | ", row.OrderBy(segment => segment.Left).Select(segment => segment.Text).Where(text => text.Length > 0));

    /// <summary>
    /// Moves the abstract out of the sections. Its source is the section with that heading, a paragraph that starts with "Abstract", or the longest
    /// paragraph before the introduction.
    /// </summary>
    private void FindAbstract()
    {
        var all = Sections.ToList();
        var index = all.FindIndex(section => SectionHeadings.IsAbstract(section.Heading));
        if (index >= 0)
        {
            var blocks = all[index].Blocks;
            var end = EndOfAbstract(blocks);
            Abstract = string.Join("\n\n", blocks.Take(end).Where(found => found.Kind is BlockKind.Paragraph or BlockKind.List).Select(found => found.Text));
            all[index] = all[index] with { Heading = "", Blocks = [.. blocks.Skip(end)] };
            // The sections before the abstract hold authors and affiliations.
            all.RemoveRange(0, index);
        }
        else if (all.Count > 0)
        {
            var blocks = all[0].Blocks;
            var runIn = blocks.ToList().FindIndex(found => RunInAbstract.IsMatch(found.Text));
            if (runIn >= 0)
            {
                Abstract = RunInAbstract.Replace(blocks[runIn].Text, "");
                all[0] = all[0] with { Blocks = [.. blocks.Skip(runIn + 1)] };
            }
            else if (all[0].Heading.Length == 0 && all.Count > 1 && all[1].Kind is SectionKind.Introduction or SectionKind.Other
                && blocks.Where(found => found.Kind is BlockKind.Paragraph && Words.Count(found.Text) >= 50).MaxBy(found => found.Text.Length) is { } longest)
            {
                Abstract = longest.Text;
                all.RemoveAt(0);
            }
        }

        Abstract = LeadingAbstract.Replace(Abstract, "${first}");
        Sections = [.. all.Where(section => section.Heading.Length > 0 || section.Blocks.Count > 0)];
    }

    /// <summary>The number of blocks that belong to the abstract: all, unless a missed heading left the body of the paper in the same section.</summary>
    private static int EndOfAbstract(IReadOnlyList<PaperBlock> blocks)
    {
        const int MaxAbstractWords = 700;
        var words = 0;
        for (var index = 0; index < blocks.Count; index++)
        {
            words += Words.Count(blocks[index].Text);
            if (index > 0 && words > MaxAbstractWords)
                return index;
        }

        return blocks.Count;
    }

    private static readonly LinearRegex Caption = new(@"^(Figure|Fig\.|FIGURE|FIG\.|Table|TABLE|Algorithm|Listing|Scheme)\s+([A-Z]\.?)?([0-9]+(\.[0-9]+)*[a-z]?|[IVX]+)\s*[:.|—–-]|^(Figure|Table|Algorithm)\s+[0-9]+\s{1,2}[A-Z(]");
    private static readonly LinearRegex NumberedHeading = new(@"^([0-9]{1,2}(\.[0-9]{1,2}){0,3}\.?|[A-Z](\.[0-9]{1,2}){1,3}\.?|[A-Z]\.?|[IVX]{1,5}\.)\s+\p{L}.*\p{L}{2}");
    private static readonly LinearRegex LeadingNumber = new(@"^((?<number>[0-9]{1,2}(\.[0-9]{1,2}){0,3}|[A-Z](\.[0-9]{1,2}){1,3}|[A-Z])\.?|(?<number>[IVX]{1,5})\.)\s+\p{L}");
    private static readonly LinearRegex SectionNumber = new(@"^(Appendix\s+)?([0-9]{1,2}(\.[0-9]{1,2}){0,3}\.?|[A-Z](\.[0-9]{1,2}){0,3}\.?|[IVX]{1,5}\.?)$");
    private static readonly LinearRegex Relation = new(@"\s[=≤≥<>≈∼∝≡←→∈:]=?\s|\S=\S");
    private static readonly string[] authorNotes =
    [
        "∗", "*", "†", "‡", "§", "¶", "Equal contribution", "Corresponding author", "Work done while", "Work done during", "Work done at",
        "Work performed while", "Work performed during", "Work performed at",
    ];

    private static readonly LinearRegex Roman = new(@"^[IVX]{1,5}$");
    private static readonly LinearRegex EquationNumber = new(@"^\(?[0-9]{1,3}(\.[0-9]{1,2})?[a-z]?\)$");
    private static readonly LinearRegex Bullet = new(@"^([•◦▪‣·∙●○■–—]|\([a-z0-9ivx]{1,4}\)|[0-9]{1,2}[.)]|[a-z]\))(\s+\S|$)");
    private static readonly LinearRegex RunInAbstract = new(@"^(Abstract|ABSTRACT|A\s?BSTRACT|Summary)\s*[.:—–-]+\s*");
    private static readonly LinearRegex LeadingAbstract = new(@"^(Abstract|ABSTRACT)\s+(?<first>\p{Lu})");
    private static readonly string[] texFaces = ["CM", "SF", "LM", "Nimbus", "Times", "TeX", "PTM", "MSAM", "MSBM", "NewTX", "txs", "Libertin", "LinLib", "EU"];

    private sealed class OpenBlock(BlockKind kind, List<PdfLine> lines)
    {
        public BlockKind Kind => kind;

        public List<PdfLine> Lines => lines;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{kind}, {lines.Count} lines: {lines[0].Text}");
    }

    private sealed class OpenSection(string heading, SectionKind kind, int level)
    {
        public string Heading => heading;

        public SectionKind Kind => kind;

        public int Level => level;

        public bool IsFront { get; init; }

        public bool IsRunIn { get; init; }

        public List<OpenBlock> Blocks { get; } = [];

        /// <summary>The last paragraph that ends in the middle of a sentence.</summary>
        public OpenBlock? Pending { get; set; }
    }
}
