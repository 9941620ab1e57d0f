using System.Collections.Frozen;
using System.Numerics;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>Classifies sections by their headings.</summary>
internal static class SectionHeadings
{
    /// <summary>The kind that a heading indicates; null if it indicates none.</summary>
    public static SectionKind? KindOf(string heading) => Told(heading)?.Kind;

    /// <summary>
    /// The kind of a subsection. "Training" within the method and "Performance" within related work keep the parent's kind; "Limitations" within
    /// the discussion does not.
    /// </summary>
    public static SectionKind KindOf(string heading, SectionKind parent) => (Told(heading), parent) switch
    {
        (_, SectionKind.Appendix) => SectionKind.Appendix,
        (null, _) => parent,
        ((SectionKind.Results, _), SectionKind.Experiments) => SectionKind.Results,
        ((_, true), SectionKind.RelatedWork or SectionKind.Method or SectionKind.Experiments or SectionKind.Results) => parent,
        ({ } told, _) => told.Kind,
    };

    private static (SectionKind Kind, bool Weak)? Told(string heading) =>
        words.ListsIn(new TokenizedText(WithoutNumber(heading))) is var found and not 0 ? kinds[BitOperations.TrailingZeroCount(found)] : null;

    /// <summary>Whether this is the heading of the references.</summary>
    public static bool IsReferences(string heading) => references.Contains(WithoutNumber(heading));

    /// <summary>Whether this is the heading of the abstract.</summary>
    public static bool IsAbstract(string heading) => abstracts.Contains(WithoutNumber(heading));

    /// <summary>The heading without its number and without a final full stop or colon.</summary>
    public static string WithoutNumber(string heading) => Number.Replace(heading, "").Trim().TrimEnd('.', ':');

    // The first matching list wins, so the most specific words come first. A weak kind does not override the parent's kind.
    private static readonly (SectionKind Kind, bool Weak)[] kinds =
    [
        (SectionKind.Acknowledgements, false), (SectionKind.Appendix, false), (SectionKind.Introduction, false), (SectionKind.RelatedWork, false),
        (SectionKind.Limitations, false), (SectionKind.Conclusion, false), (SectionKind.Discussion, false), (SectionKind.Results, false),
        (SectionKind.Experiments, true), (SectionKind.Method, true), (SectionKind.Results, true),
    ];

    private static readonly PhraseMatcher words = new(
        ["(acknowledgements?|acknowledgments?|funding|author contributions?|credit author|competing interests?|conflicts? of interest)"],
        ["(appendix|appendices|supplementary|supplemental|supporting information)"],
        ["(introduction|motivation)"],
        ["(related works?|related literature|prior works?|previous works?|prior art|literature review|background|preliminaries"
            + "|preliminary (facts|definitions|notions?|notation|material|concepts)|state of the art)"],
        ["(limitations?|threats to validity|broader impacts?|societal impacts?|impact statement|ethics|ethical|risks)"],
        ["(conclusions?|concluding|conclude|future works?|future directions?|outlook|summary)"],
        ["discussions?"],
        ["(results?|findings|ablations?|case (study|studies))"],
        ["(experiments?|experimental|experimentation|evaluations?|empirical|simulations?|benchmarks?|datasets?|data sets?|training|implementation"
            + "|setup|set - up|applications?)"],
        ["(methods?|methodology|methodologies|materials and methods|approach|approaches|models?|architectures?|algorithms?|framework|proposed"
            + "|formulation|problem (statement|setting|definition)|theory|theoretical|system|design|attention)"],
        ["(comparisons?|performance|analysis|analyses)"]);

    private static readonly LinearRegex Number = new(@"^\s*((appendix|section)\s+)?([0-9]+(\.[0-9]+)*\.?|[A-Z](\.[0-9]+)+\.?|[A-Z]\.|[IVX]+\.?|[A-Z])[\s:.—–-]+");
    private static readonly FrozenSet<string> references = new[]
    {
        "reference", "references", "reference and notes", "references and notes", "bibliography", "literature", "literature cited", "works cited",
        "reference list", "literaturverzeichnis", "références",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> abstracts =
        new[] { "abstract", "executive summary", "summary and abstract" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
