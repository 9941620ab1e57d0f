using Denoised.Arxiv;
using Denoised.Papers;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>What one collection has learnt while it reads listings.</summary>
/// <param name="request">What it was asked for.</param>
/// <param name="now">When it began.</param>
/// <param name="problems">Gets a sentence for everything that could not be read.</param>
public sealed class ListingReading(CollectionMessage request, DateTimeOffset now, List<string> problems)
{
    /// <summary>When the collection began.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The listing day that it was asked to read again.</summary>
    public ListingDay? RequestedDay { get; } = request.Day;

    /// <summary>The newest listing day, by the calendar or by a feed.</summary>
    public ListingDay Newest { get; set; } = AnnouncementCalendar.LatestListingDay(now);

    /// <summary>A sentence for everything that could not be read.</summary>
    public List<string> Problems { get; } = problems;

    /// <summary>A sentence for everything else that was odd.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Categories that arXiv does not have.</summary>
    public HashSet<string> UnknownCategories { get; } = new(StringComparer.Ordinal);

    /// <summary>Listings whose feed is not believed: arXiv's page of the day is asked at once.</summary>
    public HashSet<(string Category, ListingDay Day)> Doubted { get; } = [];

    /// <summary>The catch-up pages do not answer: each question costs the pause that arXiv asks for, so they are not asked again.</summary>
    public bool IsPageDown { get; set; }

    /// <summary>The API does not answer.</summary>
    public bool IsApiDown { get; set; }
}
