namespace Denoised.Arxiv.Text;

/// <summary>Kinds that a heading alone does not tell.</summary>
internal static class SectionKinds
{
    /// <summary>
    /// What stands between the introduction and the first experiments or results, under a heading of the paper's own words, is what the
    /// paper proposes.
    /// </summary>
    public static IReadOnlyList<PaperSection> Settled(IReadOnlyList<PaperSection> sections)
    {
        var start = IndexOf(sections, 0, SectionKind.Introduction);
        if (start < 0)
            return sections;
        var end = IndexOf(sections, start, SectionKind.Experiments, SectionKind.Results, SectionKind.Discussion, SectionKind.Conclusion);
        if (end < 0)
            return sections;
        return [.. sections.Select((section, index) => index > start && index < end && section.Kind is SectionKind.Other ? section with { Kind = SectionKind.Method } : section)];
    }

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
