using System.Collections.Frozen;
using System.Numerics;
using Denoised.Phrases;

namespace Denoised.Arxiv.Text;

/// <summary>What a section's heading says about its content.</summary>
internal static class SectionHeadings
{
    /// <summary>The kind that a heading names; null where it names none.</summary>
    public static SectionKind? KindOf(string heading) => Told(heading)?.Kind;

    /// <summary>
    /// The kind of a section inside another one. "Training" within the method and "Performance" within the related work are details of
    /// these; "Limitations" within the discussion speaks for itself.
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

    /// <summary>The heading of the list of references.</summary>
    public static bool IsReferences(string heading) => references.Contains(WithoutNumber(heading));

    /// <summary>The heading of the abstract.</summary>
    public static bool IsAbstract(string heading) => abstracts.Contains(WithoutNumber(heading));

    /// <summary>The heading without the number in front of it and the stop behind it.</summary>
    public static string WithoutNumber(string heading) => Number.Replace(heading, "").Trim().TrimEnd('.', ':');

    // The first list wins: the more telling words stand first. Weak ones do not speak against the section around them.
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
