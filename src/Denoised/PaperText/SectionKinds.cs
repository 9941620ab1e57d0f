using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>Classifies sections that their heading alone does not classify.</summary>
internal static class SectionKinds
{
    /// <summary>
    /// Marks unclassified sections between the introduction and the first experiments or results as method. There, authors use headings of their
    /// own for their proposal.
    /// </summary>
    public static IReadOnlyList<PaperSection> Settled(IReadOnlyList<PaperSection> sections)
    {
        var start = IndexOf(sections, 0, SectionKind.Introduction);
        if (start < 0)
            return sections;
        var end = IndexOf(sections, start, SectionKind.Experiments, SectionKind.Results, SectionKind.Discussion, SectionKind.Conclusion);
        if (end < 0)
            return sections;
        return [.. sections.Select((section, index) => index > start && index < end && section.Kind is SectionKind.Other
            ? section with { Kind = SectionKind.Method }
            : section)];
    }

    /// <summary>
    /// The kind of a section after the references. Some journals print the methods there. In other papers it is the appendix, whose headings name
    /// the sections they supplement.
    /// </summary>
    /// <param name="heading">The printed heading.</param>
    /// <param name="before">The kinds of all preceding sections.</param>
    public static SectionKind AfterReferences(string heading, IEnumerable<SectionKind> before)
    {
        var name = SectionHeadings.WithoutNumber(heading);
        var isLettered = heading.Length > 1 && heading[0] is >= 'A' and <= 'Z' && heading[1] is ' ' or '.' && name.Length < heading.Length - 1;
        var kinds = before.ToHashSet();
        if (isLettered || kinds.Contains(SectionKind.Appendix) || SectionHeadings.KindOf(heading) is not { } named
            || additions.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return SectionKind.Appendix;
        }

        // Excludes headings such as "Attention maps" and "Training curves", which only contain such a word.
        var isPart = named is not (SectionKind.Method or SectionKind.Experiments or SectionKind.Results)
            || parts.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        return isPart && (!kinds.Contains(named) || Words.Count(name) == 1) ? named : SectionKind.Appendix;
    }

    private static readonly string[] parts = ["method", "approach", "experiment", "result"];

    private static readonly string[] additions = ["additional", "further", "more ", "extra", "extended", "detail", "omitted", "proof", "supplement", "hyper"];

    private static int IndexOf(IReadOnlyList<PaperSection> sections, int start, params ReadOnlySpan<SectionKind> kinds)
    {
        for (var index = start; index < sections.Count; index++)
        {
            if (sections[index].Level == 1 && kinds.Contains(sections[index].Kind))
                return index;
        }

        return -1;
    }
}
