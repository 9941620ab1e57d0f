using System.Text.RegularExpressions;

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

    private static (SectionKind Kind, bool Weak)? Told(string heading)
    {
        var name = WithoutNumber(heading);
        foreach (var (kind, weak, pattern) in Patterns)
        {
            if (pattern.IsMatch(name))
                return (kind, weak);
        }

        return null;
    }

    /// <summary>The heading of the list of references.</summary>
    public static bool IsReferences(string heading) => References.IsMatch(WithoutNumber(heading));

    /// <summary>The heading of the abstract.</summary>
    public static bool IsAbstract(string heading) => Abstract.IsMatch(WithoutNumber(heading));

    /// <summary>The heading without the number in front of it and the stop behind it.</summary>
    public static string WithoutNumber(string heading) => Number.Replace(heading, "").Trim().TrimEnd('.', ':');

    // First match wins: the more telling words stand first. Weak ones do not speak against the section around them.
    private static readonly (SectionKind Kind, bool Weak, LinearRegex Pattern)[] Patterns =
    [
        (SectionKind.Acknowledgements, false, new LinearRegex(@"\b(acknowledge?ments?|funding|author contributions?|credit author|competing interests?|conflicts? of interest)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Appendix, false, new LinearRegex(@"\b(appendix|appendices|supplementa(ry|l)|supporting information)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Introduction, false, new LinearRegex(@"\b(introduction|motivation|overview and motivation)\b", RegexOptions.IgnoreCase)),
        (SectionKind.RelatedWork, false, new LinearRegex(@"\b(related works?|related literature|prior works?|previous works?|prior art|literature review|background|preliminaries|preliminary (facts|definitions|notions?|notation|material|concepts)|state of the art)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Limitations, false, new LinearRegex(@"\b(limitations?|threats to validity|broader impacts?|societal impacts?|impact statement|ethics|ethical|risks)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Conclusion, false, new LinearRegex(@"\b(conclusions?|concluding|conclude|future works?|future directions?|outlook|summary)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Discussion, false, new LinearRegex(@"\b(discussions?)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Results, false, new LinearRegex(@"\b(results?|findings|ablations?|case stud(y|ies))\b", RegexOptions.IgnoreCase)),
        (SectionKind.Experiments, true, new LinearRegex(@"\b(experiments?|experimental|experimentation|evaluations?|empirical|simulations?|benchmarks?|datasets?|data sets?|training|implementation|set-?up|applications?)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Method, true, new LinearRegex(@"\b(methods?|methodology|methodologies|materials and methods|approach(es)?|models?|architectures?|algorithms?|framework|proposed|formulation|problem (statement|setting|definition)|theory|theoretical|system|design|attention)\b", RegexOptions.IgnoreCase)),
        (SectionKind.Results, true, new LinearRegex(@"\b(comparisons?|performance|analysis|analyses)\b", RegexOptions.IgnoreCase)),
    ];

    private static readonly LinearRegex Number = new(@"^\s*((appendix|section)\s+)?([0-9]+(\.[0-9]+)*\.?|[A-Z](\.[0-9]+)+\.?|[A-Z]\.|[IVX]+\.?|[A-Z])[\s:.—–-]+");
    private static readonly LinearRegex References = new(@"^(references?( and notes)?|bibliography|literature( cited)?|works cited|reference list|literaturverzeichnis|références)$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Abstract = new(@"^(abstract|executive summary|summary and abstract)$", RegexOptions.IgnoreCase);
}
