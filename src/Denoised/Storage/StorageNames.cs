using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>Queue names. They are constants because trigger attributes require that. The deployment template creates the same queues.</summary>
public static class QueueNames
{
    /// <summary>One message per paper that needs a summary.</summary>
    public const string Papers = "papers";

    /// <summary>The poison queue of <see cref="Papers"/>: the host moves messages here after the last attempt.</summary>
    public const string PoisonedPapers = "papers-poison";

    /// <summary>One message per day whose snapshot is out of date.</summary>
    public const string Days = "days";

    /// <summary>The poison queue of <see cref="Days"/>.</summary>
    public const string PoisonedDays = "days-poison";

    /// <summary>One message per requested collection.</summary>
    public const string Collections = "collections";

    /// <summary>The poison queue of <see cref="Collections"/>.</summary>
    public const string PoisonedCollections = "collections-poison";

    /// <summary>One message per digest that is due, for each channel of the operator.</summary>
    public const string Deliveries = "deliveries";

    /// <summary>The poison queue of <see cref="Deliveries"/>.</summary>
    public const string PoisonedDeliveries = "deliveries-poison";

    /// <summary>The queues that the product writes to.</summary>
    public static IReadOnlyList<string> All { get; } = [Papers, Days, Collections, Deliveries];
}

/// <summary>Table names.</summary>
public static class TableNames
{
    /// <summary>Partition key: listing day; row key: <see cref="ArxivId.Key"/>.</summary>
    public const string Papers = "papers";

    /// <summary>The day of each paper. Partition key: the identifier's year and month; row key: <see cref="ArxivId.Key"/>.</summary>
    public const string PaperDays = "paperdays";

    /// <summary>The announcement of each listing. Partition key: listing day; row key: category.</summary>
    public const string Listings = "listings";

    /// <summary>The overview of each day. Partition key: listing day; one row per partition.</summary>
    public const string Overviews = "overviews";

    /// <summary>Rate limits, leases, budgets and deliveries shared by all instances.</summary>
    public const string Coordination = "coordination";

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> All { get; } = [Papers, PaperDays, Listings, Overviews, Coordination];
}

/// <summary>Blob container names.</summary>
public static class ContainerNames
{
    /// <summary>The static website.</summary>
    public const string Site = "$web";

    /// <summary>The page templates, one per release (private).</summary>
    public const string Templates = "templates";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> All { get; } = [Site, Templates];
}
