using Denoised.Arxiv;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>What one category's listing announced on one day.</summary>
public sealed record ListingRecord
{
    public required ListingDay Day { get; init; }

    /// <summary>Such as <c>cs.LG</c>.</summary>
    public required string Category { get; init; }

    /// <summary>All entries of the listing.</summary>
    public required int Entries { get; init; }

    /// <summary>Those that belong to the day here: new, with this primary category.</summary>
    public required int Announced { get; init; }

    public required ListingSource Source { get; init; }

    /// <summary>When the listing was read.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>All that it announced is recorded.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Sentences about what was odd.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether another record differs in nothing but when it was read.</summary>
    public bool SaysTheSameAs(ListingRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Day, Category, Entries, Announced, Source, IsComplete) == (other.Day, other.Category, other.Entries, other.Announced, other.Source, other.IsComplete)
            && Notes.SequenceEqual(other.Notes, StringComparer.Ordinal);
    }
}
