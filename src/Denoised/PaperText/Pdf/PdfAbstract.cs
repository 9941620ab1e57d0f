using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Separates the abstract from the sections of a paper.</summary>
internal static class PdfAbstract
{
    /// <summary>
    /// Moves the abstract out of the sections. Its source is the section with that heading, a paragraph that starts with "Abstract", or the longest
    /// paragraph (at least 50 words) of an untitled first section, if an introduction or a section of unknown kind follows. The remainder of that
    /// untitled section holds authors and affiliations, and is dropped.
    /// </summary>
    public static (string Abstract, IReadOnlyList<PaperSection> Sections) Split(IReadOnlyList<PaperSection> sections)
    {
        var text = "";
        var all = sections.ToList();
        var index = all.FindIndex(section => SectionHeadings.IsAbstract(section.Heading));
        if (index >= 0)
        {
            var blocks = all[index].Blocks;
            var end = CountAbstractBlocks(blocks);
            text = string.Join("\n\n", blocks.Take(end).Where(block => block.Kind is BlockKind.Paragraph or BlockKind.List).Select(block => block.Text));
            all[index] = all[index] with { Heading = "", Blocks = [.. blocks.Skip(end)] };
            // The sections before the abstract hold authors and affiliations.
            all.RemoveRange(0, index);
        }
        else if (all.Count > 0)
        {
            var blocks = all[0].Blocks;
            var runIn = blocks.ToList().FindIndex(block => PdfLinePatterns.RunInAbstract.IsMatch(block.Text));
            if (runIn >= 0)
            {
                text = PdfLinePatterns.RunInAbstract.Replace(blocks[runIn].Text, "");
                all[0] = all[0] with { Blocks = [.. blocks.Skip(runIn + 1)] };
            }
            else if (all[0].Heading.Length == 0 && all.Count > 1 && all[1].Kind is SectionKind.Introduction or SectionKind.Other
                && blocks.Where(block => block.Kind is BlockKind.Paragraph && Words.Count(block.Text) >= 50).MaxBy(block => block.Text.Length) is { } longest)
            {
                text = longest.Text;
                all.RemoveAt(0);
            }
        }

        text = PdfLinePatterns.LeadingAbstract.Replace(text, "${first}");
        return (text, [.. all.Where(section => section.Heading.Length > 0 || section.Blocks.Count > 0)]);
    }

    /// <summary>Counts the blocks that belong to the abstract: all, unless a missed heading left the body of the paper in the same section.</summary>
    private static int CountAbstractBlocks(IReadOnlyList<PaperBlock> blocks)
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
}
