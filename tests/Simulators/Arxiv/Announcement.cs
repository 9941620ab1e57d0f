namespace Denoised.Simulators.Arxiv;

/// <summary>One paper's appearance in one day's listing.</summary>
public sealed record Announcement(DateOnly Day, SimulatedPaper Paper, AnnouncementKind Kind)
{
    /// <summary>arXiv's word for it in a listing of these categories: <c>new</c>, <c>cross</c>, <c>replace</c>, <c>replace-cross</c>; null where it does not appear.</summary>
    public string? TypeIn(IReadOnlyCollection<string> categories)
    {
        var primary = categories.Contains(Paper.Primary, StringComparer.Ordinal);
        if (!primary && !Paper.Categories.Any(category => categories.Contains(category, StringComparer.Ordinal)))
            return null;
        return Kind switch
        {
            AnnouncementKind.Submission => primary ? "new" : "cross",
            // A late cross-list is news only where it was added.
            AnnouncementKind.CrossList => primary ? null : "cross",
            _ => primary ? "replace" : "replace-cross",
        };
    }
}

/// <summary>Why a paper is in a listing.</summary>
public enum AnnouncementKind
{
    /// <summary>Submitted: <c>new</c> in its primary category, <c>cross</c> in its others.</summary>
    Submission,

    /// <summary>An older paper, added to a category: <c>cross</c> there.</summary>
    CrossList,

    /// <summary>A new version: <c>replace</c> in its primary category, <c>replace-cross</c> in its others.</summary>
    Replacement,
}
