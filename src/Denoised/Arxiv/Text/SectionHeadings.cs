using System.Text.RegularExpressions;

namespace Denoised.Arxiv.Text;

/// <summary>What a section's heading says about its content.</summary>
internal static partial class SectionHeadings
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
    public static bool IsReferences(string heading) => References().IsMatch(WithoutNumber(heading));

    /// <summary>The heading of the abstract.</summary>
    public static bool IsAbstract(string heading) => Abstract().IsMatch(WithoutNumber(heading));

    /// <summary>The heading without the number in front of it and the stop behind it.</summary>
    public static string WithoutNumber(string heading) => Number().Replace(heading, "").Trim().TrimEnd('.', ':');

    // First match wins: the more telling words stand first. Weak ones do not speak against the section around them.
    private static readonly (SectionKind Kind, bool Weak, Regex Pattern)[] Patterns =
    [
        (SectionKind.Acknowledgements, false, Acknowledgements()),
        (SectionKind.Appendix, false, Appendix()),
        (SectionKind.Introduction, false, Introduction()),
        (SectionKind.RelatedWork, false, RelatedWork()),
        (SectionKind.Limitations, false, Limitations()),
        (SectionKind.Conclusion, false, Conclusion()),
        (SectionKind.Discussion, false, Discussion()),
        (SectionKind.Results, false, Results()),
        (SectionKind.Experiments, true, Experiments()),
        (SectionKind.Method, true, Method()),
        (SectionKind.Results, true, Analysis()),
    ];

    private const int Timeout = 10_000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\s*((appendix|section)\s+)?([0-9]+(\.[0-9]+)*\.?|[A-Z](\.[0-9]+)+\.?|[A-Z]\.|[IVX]+\.?|[A-Z])[\s:.—–-]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(references?( and notes)?|bibliography|literature( cited)?|works cited|reference list|literaturverzeichnis|références)$", Options, Timeout)]
    private static partial Regex References();

    [GeneratedRegex(@"^(abstract|executive summary|summary and abstract)$", Options, Timeout)]
    private static partial Regex Abstract();

    [GeneratedRegex(@"\b(acknowledge?ments?|funding|author contributions?|credit author|competing interests?|conflicts? of interest)\b", Options, Timeout)]
    private static partial Regex Acknowledgements();

    [GeneratedRegex(@"\b(appendix|appendices|supplementa(ry|l)|supporting information)\b", Options, Timeout)]
    private static partial Regex Appendix();

    [GeneratedRegex(@"\b(introduction|motivation|overview and motivation)\b", Options, Timeout)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"\b(related works?|related literature|prior works?|previous works?|prior art|literature review|background|preliminaries|preliminary (facts|definitions|notions?|notation|material|concepts)|state of the art)\b", Options, Timeout)]
    private static partial Regex RelatedWork();

    [GeneratedRegex(@"\b(limitations?|threats to validity|broader impacts?|societal impacts?|impact statement|ethics|ethical|risks)\b", Options, Timeout)]
    private static partial Regex Limitations();

    [GeneratedRegex(@"\b(conclusions?|concluding|conclude|future works?|future directions?|outlook|summary)\b", Options, Timeout)]
    private static partial Regex Conclusion();

    [GeneratedRegex(@"\b(discussions?)\b", Options, Timeout)]
    private static partial Regex Discussion();

    [GeneratedRegex(@"\b(results?|findings|ablations?|case stud(y|ies))\b", Options, Timeout)]
    private static partial Regex Results();

    [GeneratedRegex(@"\b(comparisons?|performance|analysis|analyses)\b", Options, Timeout)]
    private static partial Regex Analysis();

    [GeneratedRegex(@"\b(experiments?|experimental|experimentation|evaluations?|empirical|simulations?|benchmarks?|datasets?|data sets?|training|implementation|set-?up|applications?)\b", Options, Timeout)]
    private static partial Regex Experiments();

    [GeneratedRegex(@"\b(methods?|methodology|methodologies|materials and methods|approach(es)?|models?|architectures?|algorithms?|framework|proposed|formulation|problem (statement|setting|definition)|theory|theoretical|system|design|attention)\b", Options, Timeout)]
    private static partial Regex Method();
}
