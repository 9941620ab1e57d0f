namespace Denoised.Domain;

/// <summary>A paper's metadata from arXiv. TeX and the line breaks between paragraphs are unchanged; no field is HTML.</summary>
public sealed record Paper
{
    /// <summary>The identifier without its version.</summary>
    public required ArxivId Id { get; init; }

    /// <summary>The version that this metadata describes, starting at 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The title on one line.</summary>
    public required string Title { get; init; }

    /// <summary>The authors in arXiv's order. May include a collaboration or a lone ":", and up to 5,000 names.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The abstract. A line break separates paragraphs, and arXiv indents each further paragraph by two spaces.</summary>
    public required string Abstract { get; init; }

    /// <summary>The primary category, such as <c>cs.LG</c>.</summary>
    public required string PrimaryCategory { get; init; }

    /// <summary>All categories, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The submission time of version 1, if known (the feed omits it).</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The submission time of this version, if known.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The authors' comment, such as "Accepted at ICML 2026".</summary>
    public string? Comment { get; init; }

    /// <summary>The DOI of the published article, without a URL prefix.</summary>
    public string? Doi { get; init; }

    /// <summary>The journal reference, as written by the authors.</summary>
    public string? JournalReference { get; init; }

    /// <summary>The URL of the licence.</summary>
    public string? License { get; init; }

    /// <summary>Whether the authors or arXiv withdrew this version, according to its comment or abstract.</summary>
    public bool IsWithdrawn => Withdrawal.IsNotedIn(Comment) || Withdrawal.IsNotedIn(Abstract);
}
