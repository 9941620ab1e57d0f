using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>The announcement of one category's listing on one day.</summary>
public sealed record ListingRecord
{
    public required ListingDay Day { get; init; }

    /// <summary>An arXiv category such as <c>cs.LG</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The number of all entries in the listing.</summary>
    public required int Entries { get; init; }

    /// <summary>The number of entries that count for this day: new papers with this primary category.</summary>
    public required int Announced { get; init; }

    public required ListingSource Source { get; init; }

    /// <summary>The time at which the listing was read.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether all announced papers are recorded.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Irregularities of the listing, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether another record is equal apart from <see cref="ReadAt"/>.</summary>
    public bool HasSameContent(ListingRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Day, Category, Entries, Announced, Source, IsComplete) == (
            other.Day, other.Category, other.Entries, other.Announced, other.Source, other.IsComplete)
            && Notes.SequenceEqual(other.Notes, StringComparer.Ordinal);
    }
}
