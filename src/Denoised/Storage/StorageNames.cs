namespace Denoised.Storage;

/// <summary>The queues. Constants, since triggers name them in attributes; the deployment template creates the same ones.</summary>
public static class QueueNames
{
    /// <summary>One message a paper that needs a summary.</summary>
    public const string Papers = "papers";

    /// <summary>Where the host puts a paper's message after the last try.</summary>
    public const string PoisonedPapers = "papers-poison";

    /// <summary>One message a day whose snapshot is out of date.</summary>
    public const string Days = "days";

    /// <summary>Where the host puts a day's message after the last try.</summary>
    public const string PoisonedDays = "days-poison";

    /// <summary>One message a collection on demand.</summary>
    public const string Collections = "collections";

    /// <summary>Where the host puts a collection's message after the last try.</summary>
    public const string PoisonedCollections = "collections-poison";

    /// <summary>The queues that the product itself writes.</summary>
    public static IReadOnlyList<string> All { get; } = [Papers, Days, Collections];
}

/// <summary>The tables.</summary>
public static class TableNames
{
    /// <summary>Partition: listing day; row: <see cref="Denoised.Papers.ArxivId.Key"/>.</summary>
    public const string Papers = "papers";

    /// <summary>Partition: the identifier's year and month; row: <see cref="Denoised.Papers.ArxivId.Key"/>; the day that the paper belongs to.</summary>
    public const string PaperDays = "paperdays";

    /// <summary>Partition: listing day; row: category; what that listing announced.</summary>
    public const string Listings = "listings";

    /// <summary>Partition: listing day; one row; the day at a glance.</summary>
    public const string Glances = "glances";

    /// <summary>Permits, gates, leases and budgets that all instances share.</summary>
    public const string Pacing = "pacing";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Papers, PaperDays, Listings, Glances, Pacing];
}

/// <summary>The blob containers.</summary>
public static class ContainerNames
{
    /// <summary>The static website.</summary>
    public const string Site = "$web";

    /// <summary>The page's templates, one a release (private).</summary>
    public const string Templates = "templates";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Site, Templates];
}
