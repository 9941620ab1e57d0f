namespace Denoised.Papers;

/// <summary>
/// A paper's metadata as arXiv gives it. TeX stays TeX and line breaks between paragraphs stay; nothing is HTML.
/// </summary>
public sealed record Paper
{
    /// <summary>The identifier without its version.</summary>
    public required ArxivId Id { get; init; }

    /// <summary>The version that this metadata describes, counted from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>In arXiv's order; a collaboration or a lone ":" may stand among them. May be 5,000 long.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>Paragraphs are separated by a line break, and arXiv indents the next one by two spaces.</summary>
    public required string Abstract { get; init; }

    /// <summary>Such as <c>cs.LG</c>.</summary>
    public required string PrimaryCategory { get; init; }

    /// <summary>All categories, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>When version 1 was submitted, where known (the feed does not say).</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When this version was submitted, where known.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The authors' comment, such as "Accepted at ICML 2026".</summary>
    public string? Comment { get; init; }

    /// <summary>The DOI of the published article, without an address in front.</summary>
    public string? Doi { get; init; }

    /// <summary>Where it appeared, as the authors wrote it.</summary>
    public string? JournalReference { get; init; }

    /// <summary>The licence's address.</summary>
    public string? License { get; init; }

    /// <summary>The authors or arXiv have withdrawn this version: its comment says so.</summary>
    public bool IsWithdrawn => Withdrawal.IsNotedIn(Comment) || Withdrawal.IsNotedIn(Abstract);
}
