namespace Denoised.Simulators.Arxiv;

/// <summary>A paper's entry in the listing of one day.</summary>
public sealed record Announcement(DateOnly Day, SimulatedPaper Paper, AnnouncementKind Kind)
{
    /// <summary>
    /// Gets arXiv's announce type in a listing of these categories: <c>new</c>, <c>cross</c>, <c>replace</c>, <c>replace-cross</c>; null if the listing
    /// does not contain the paper.
    /// </summary>
    public string? TypeIn(IReadOnlyCollection<string> categories)
    {
        var primary = categories.Contains(Paper.Primary, StringComparer.Ordinal);
        if (!primary && !Paper.Categories.Any(category => categories.Contains(category, StringComparer.Ordinal)))
            return null;
        return Kind switch
        {
            AnnouncementKind.Submission => primary ? "new" : "cross",
            // A late cross-list appears only in the categories to which it was added.
            AnnouncementKind.CrossList => primary ? null : "cross",
            _ => primary ? "replace" : "replace-cross",
        };
    }
}

/// <summary>The reason for a paper's entry in a listing.</summary>
public enum AnnouncementKind
{
    /// <summary>A new submission: <c>new</c> in its primary category, <c>cross</c> in its others.</summary>
    Submission,

    /// <summary>An older paper added to a category: <c>cross</c> in that category.</summary>
    CrossList,

    /// <summary>A new version: <c>replace</c> in its primary category, <c>replace-cross</c> in its others.</summary>
    Replacement,
}
