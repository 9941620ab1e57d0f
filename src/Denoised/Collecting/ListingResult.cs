using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>The state of one collection while it reads listings.</summary>
/// <param name="request">The requested collection.</param>
/// <param name="now">The start of the collection.</param>
/// <param name="problems">Receives a sentence for each listing that could not be read.</param>
public sealed class ListingResult(CollectionMessage request, DateTimeOffset now, List<string> problems)
{
    /// <summary>The start of the collection.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The listing day that the request asks to read again, or null.</summary>
    public ListingDay? RequestedDay { get; } = request.Day;

    /// <summary>The newest listing day, by the calendar or by a feed.</summary>
    public ListingDay Newest { get; set; } = AnnouncementCalendar.LatestListingDay(now);

    /// <summary>One sentence for each listing that could not be read.</summary>
    public List<string> Problems { get; } = problems;

    /// <summary>One sentence for each other anomaly.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Categories that arXiv does not know.</summary>
    public HashSet<string> UnknownCategories { get; } = new(StringComparer.Ordinal);

    /// <summary>Listings whose feed was rejected. arXiv's page of the day is read at once.</summary>
    public HashSet<(string Category, ListingDay Day)> Anomalous { get; } = [];

    /// <summary>
    /// Whether the catch-up pages are unreachable. Each request costs the pause that arXiv requires; this collection sends no more.
    /// </summary>
    public bool IsPageDown { get; set; }

    /// <summary>Whether the API is unreachable.</summary>
    public bool IsApiDown { get; set; }
}
