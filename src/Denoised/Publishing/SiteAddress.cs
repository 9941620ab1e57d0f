using Denoised.Domain;

namespace Denoised.Publishing;

/// <summary>Addresses within the page's own site: relative to it, and absolute where its address is known.</summary>
/// <param name="Root">The site's address with a slash at its end, or null where <see cref="PublishingOptions.SiteAddress"/> is unset.</param>
internal sealed record SiteAddress(string? Root)
{
    /// <summary>Reads the setting.</summary>
    public static SiteAddress Of(PublishingOptions options) => new(string.IsNullOrWhiteSpace(options.SiteAddress) ? null : options.SiteAddress.TrimEnd('/') + "/");

    /// <summary>The file of a paper's own page.</summary>
    public static string PaperFile(ArxivId id) => $"papers/{id.Key}/index.html";

    /// <summary>The file of a listing day's page.</summary>
    public static string DayFile(ListingDay day) => $"days/{day}/index.html";

    /// <summary>The absolute address of a path within the site, or null where the site's own is unknown.</summary>
    public string? Of(string path) => Root is null ? null : Root + path;

    /// <summary>The absolute address of a paper's own page, or null where the site's own is unknown.</summary>
    public string? OfPaper(ArxivId id) => Of($"papers/{id.Key}/");

    /// <summary>The absolute address of a listing day's page, or null where the site's own is unknown.</summary>
    public string? OfDay(ListingDay day) => Of($"days/{day}/");
}
