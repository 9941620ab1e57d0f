namespace Denoised.Summaries;

/// <summary>A sentence of an abstract with what the rules see in it.</summary>
internal sealed record ExtractiveSentence
{
    /// <summary>Verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>Its place in the abstract, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many words it has: runs between white space.</summary>
    public required int Words { get; init; }

    /// <summary>The strength of each role, in the order of <see cref="SentenceRole"/>.</summary>
    public required double[] Roles { get; init; }

    /// <summary>The words that carry meaning, shortened to a common stem.</summary>
    public required HashSet<string> Content { get; init; }

    /// <summary>How much of what title and abstract keep coming back to this sentence holds, from 0 to 1.</summary>
    public double Centrality { get; init; }

    /// <summary>The strongest role, or null when no cue speaks.</summary>
    public SentenceRole? Role
    {
        get
        {
            if (Is(SentenceRole.Aside))
                return SentenceRole.Aside;
            var best = Array.IndexOf(Roles, Roles.Max());
            return Roles[best] < 2 ? null : (SentenceRole)best;
        }
    }

    /// <summary>The strength of one role.</summary>
    public double this[SentenceRole role] => Roles[(int)role];

    /// <summary>Whether the sentence is nothing but an aside: where the code is, that the paper is withdrawn.</summary>
    public bool Is(SentenceRole aside) => aside == SentenceRole.Aside ? this[aside] >= 3 && (Words <= 25 || this[SentenceRole.Result] + this[SentenceRole.Contribution] < 4) : Role == aside;

    /// <summary>The share of content that two sentences have in common, from 0 to 1.</summary>
    public double Overlap(ExtractiveSentence other)
    {
        var common = Content.Count(other.Content.Contains);
        var smaller = Math.Min(Content.Count, other.Content.Count);
        return smaller == 0 ? 0 : (double)common / smaller;
    }
}
