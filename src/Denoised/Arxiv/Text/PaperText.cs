using System.Text.Json.Serialization;
using Denoised.Summaries;

namespace Denoised.Arxiv.Text;

/// <summary>
/// A paper as clean, sectioned text: no references, navigation, page headers or line numbers. Lives only while the paper is being
/// summarized; arXiv's terms do not allow storing it. The text is untrusted.
/// </summary>
public sealed record PaperText
{
    /// <summary>The title; empty where the source shows none.</summary>
    public required string Title { get; init; }

    /// <summary>The abstract, its paragraphs separated by an empty line; empty where none was recognised.</summary>
    public required string Abstract { get; init; }

    /// <summary>The sections in reading order, nested ones after the one they stand in (<see cref="PaperSection.Level"/>).</summary>
    public required IReadOnlyList<PaperSection> Sections { get; init; }

    /// <summary>What the text was read from.</summary>
    public required TextSource Source { get; init; }

    /// <summary>Text that a reader of the paper cannot see: removed from the above, at most <see cref="HiddenTextLog.MaxFindings"/> findings.</summary>
    public IReadOnlyList<HiddenText> Hidden { get; init; } = [];

    /// <summary>Passages that state nothing about the work (directives, unreadable text): removed from the above.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>How many pages at the end of a PDF were left unread because of the limit on pages.</summary>
    public int PagesLeftOut { get; init; }

    /// <summary>The number of words in all blocks of all sections, the abstract not counted.</summary>
    [JsonIgnore]
    public int BodyWords => Sections.Sum(section => section.Blocks.Sum(block => Words.Count(block.Text)));

    /// <summary>What is left when neither HTML nor PDF could be read.</summary>
    public static PaperText OfAbstract(string title, string @abstract) =>
        new() { Title = title, Abstract = @abstract, Sections = [], Source = TextSource.Abstract };
}

/// <summary>One section, without the sections nested in it.</summary>
/// <param name="Heading">As printed, its number in front (<c>3.2 Attention</c>); empty for text before the first heading.</param>
/// <param name="Kind">What it is about, told from its heading, else from the section it stands in or from its place in the paper.</param>
/// <param name="Anchor">The fragment in arXiv's HTML (<c>S3.SS2</c>); null in a PDF.</param>
/// <param name="Level">1 for a section, 2 for a subsection and so on.</param>
/// <param name="Blocks">Its content in reading order; may be empty where only nested sections follow.</param>
public sealed record PaperSection(string Heading, SectionKind Kind, string? Anchor, int Level, IReadOnlyList<PaperBlock> Blocks);

/// <summary>One piece of a section.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">
/// A paragraph is one line. A table has one line a row, cells separated by <c> | </c>; a list one line an item; a listing one line a
/// line. Maths stands as TeX between dollar signs where the source has it (HTML), else as the characters printed.
/// </param>
public sealed record PaperBlock(BlockKind Kind, string Text);

/// <summary>What a block is.</summary>
public enum BlockKind
{
    /// <summary>Running text, footnotes among it.</summary>
    Paragraph,

    /// <summary>The caption of a figure, table or algorithm.</summary>
    Caption,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A displayed formula.</summary>
    Equation,

    /// <summary>A list.</summary>
    List,

    /// <summary>An algorithm or program.</summary>
    Listing,
}

/// <summary>What a section is about.</summary>
public enum SectionKind
{
    /// <summary>None of the below, or not told by its heading.</summary>
    Other,

    /// <summary>Introduction, motivation.</summary>
    Introduction,

    /// <summary>Related work, background, preliminaries.</summary>
    RelatedWork,

    /// <summary>What was done: method, model, approach, theory.</summary>
    Method,

    /// <summary>Experiments, set-up, data, training.</summary>
    Experiments,

    /// <summary>Results, ablations, analysis.</summary>
    Results,

    /// <summary>Discussion.</summary>
    Discussion,

    /// <summary>Limitations, threats to validity, broader impact.</summary>
    Limitations,

    /// <summary>Conclusion, future work.</summary>
    Conclusion,

    /// <summary>Thanks and funding.</summary>
    Acknowledgements,

    /// <summary>Anything after the paper proper.</summary>
    Appendix,
}
