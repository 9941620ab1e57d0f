using System.Text.Json.Serialization;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>
/// A paper as plain text in sections, without references, navigation, page headers and line numbers. It is never stored, since arXiv's terms do not
/// allow it; it exists only during summarization. The text is untrusted.
/// </summary>
public sealed record PaperDocument
{
    /// <summary>The title; empty if the source has none.</summary>
    public required string Title { get; init; }

    /// <summary>The abstract, with paragraphs separated by an empty line; empty if it was not recognised.</summary>
    public required string Abstract { get; init; }

    /// <summary>The sections in reading order. Subsections follow their parent (<see cref="PaperSection.Level"/>).</summary>
    public required IReadOnlyList<PaperSection> Sections { get; init; }

    /// <summary>The origin of the text.</summary>
    public required TextOrigin Source { get; init; }

    /// <summary>Text that is invisible to readers and therefore removed; at most <see cref="HiddenTextLog.MaxFindings"/> findings.</summary>
    public IReadOnlyList<HiddenText> Hidden { get; init; } = [];

    /// <summary>The authors' institutions as the paper names them; empty if none is certain. Not part of the text that is summarized.</summary>
    public IReadOnlyList<string> Affiliations { get; init; } = [];

    /// <summary>Removed passages that say nothing about the work, such as injected instructions and unreadable text.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> SkippedPassages { get; init; } = [];

    /// <summary>The number of pages at the end of a PDF that exceed the page limit and were not read.</summary>
    public int SkippedPages { get; init; }

    /// <summary>The number of words in all sections, excluding the abstract.</summary>
    [JsonIgnore]
    public int BodyWords => Sections.Sum(section => section.Blocks.Sum(block => Words.Count(block.Text)));

    /// <summary>The fallback if neither HTML nor PDF is readable.</summary>
    public static PaperDocument OfAbstract(string title, string @abstract) =>
        new() { Title = title, Abstract = @abstract, Sections = [], Source = TextOrigin.Abstract };
}

/// <summary>One section, without its subsections.</summary>
/// <param name="Heading">The printed heading with its number (<c>3.2 Attention</c>); empty for text before the first heading.</param>
/// <param name="Kind">The topic, derived from the heading, or else from the parent section or the position in the paper.</param>
/// <param name="Anchor">The fragment in arXiv's HTML (<c>S3.SS2</c>); null for a PDF.</param>
/// <param name="Level">1 for a section, 2 for a subsection and so on.</param>
/// <param name="Blocks">The content in reading order; may be empty if the section has only subsections.</param>
public sealed record PaperSection(string Heading, SectionKind Kind, string? Anchor, int Level, IReadOnlyList<PaperBlock> Blocks);

/// <summary>One block of a section.</summary>
/// <param name="Kind">The kind of block.</param>
/// <param name="Text">
/// A paragraph is one line. A table has one line per row, with cells separated by <c> | </c>; a list one line per item; a listing its own lines.
/// Maths is TeX between dollar signs if the source has TeX (HTML), otherwise the printed characters.
/// </param>
public sealed record PaperBlock(BlockKind Kind, string Text);

/// <summary>The kinds of blocks.</summary>
public enum BlockKind
{
    /// <summary>Running text, including footnotes.</summary>
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

/// <summary>The topics of sections.</summary>
public enum SectionKind
{
    /// <summary>None of the others, or unknown.</summary>
    Other,

    /// <summary>Introduction, motivation.</summary>
    Introduction,

    /// <summary>Related work, background, preliminaries.</summary>
    RelatedWork,

    /// <summary>Method, model, approach, theory.</summary>
    Method,

    /// <summary>Experiments, setup, data, training.</summary>
    Experiments,

    /// <summary>Results, ablations, analysis.</summary>
    Results,

    /// <summary>Discussion.</summary>
    Discussion,

    /// <summary>Limitations, threats to validity, broader impact.</summary>
    Limitations,

    /// <summary>Conclusion, future work.</summary>
    Conclusion,

    /// <summary>Acknowledgements, funding.</summary>
    Acknowledgements,

    /// <summary>Any section after the main part.</summary>
    Appendix,
}
