using Denoised.Domain;

namespace Denoised.Publishing;

/// <summary>Builds addresses within the site: relative paths, and absolute addresses if the site's address is configured.</summary>
/// <param name="Root">The site's address with a trailing slash, or null if <see cref="PublishingOptions.SiteAddress"/> is not set.</param>
internal sealed record SiteAddress(string? Root)
{
    /// <summary>Reads the configured address.</summary>
    public static SiteAddress Of(PublishingOptions options) =>
        new(string.IsNullOrWhiteSpace(options.SiteAddress) ? null : options.SiteAddress.TrimEnd('/') + "/");

    /// <summary>The file name of a paper's page.</summary>
    public static string PaperFile(ArxivId id) => $"papers/{id.Key}/index.html";

    /// <summary>The file name of a day's page.</summary>
    public static string DayFile(ListingDay day) => $"days/{day}/index.html";

    /// <summary>The file name of a day's map.</summary>
    public static string MapFile(ListingDay day) => $"days/{day}/map/index.html";

    /// <summary>The file name of a day's digest.</summary>
    public static string DigestFile(ListingDay day) => $"days/{day}/digest/index.html";

    /// <summary>The absolute address of a path, or null if the site's address is not configured.</summary>
    public string? Of(string path) => Root is null ? null : Root + path;

    /// <summary>The absolute address of a paper's page, or null if the site's address is not configured.</summary>
    public string? OfPaper(ArxivId id) => Of($"papers/{id.Key}/");

    /// <summary>The absolute address of a day's page, or null if the site's address is not configured.</summary>
    public string? OfDay(ListingDay day) => Of($"days/{day}/");

    /// <summary>The absolute address of a day's digest, or null if the site's address is not configured.</summary>
    public string? OfDigest(ListingDay day) => Of($"days/{day}/digest/");

    /// <summary>The absolute address of a day's map, or null if the site's address is not configured.</summary>
    public string? OfMap(ListingDay day) => Of($"days/{day}/map/");
}
