using System.ComponentModel.DataAnnotations;

namespace Denoised.Publishing;

/// <summary>The settings of the section <c>Publishing</c>.</summary>
public sealed record PublishingOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Publishing";

    /// <summary>
    /// The minimum interval between two rebuilds of a day; longer in proportion for days with more than 500 papers. The last change always leads to a
    /// rebuild.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "The setting Publishing:MinimumInterval must be a time between 00:00:00 and 01:00:00.")]
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time for which an unreferenced file is kept. A reader can have loaded the reference just before its removal.</summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "7.00:00:00",
        ErrorMessage = "The setting Publishing:KeepUnreferenced must be a time between 00:01:00 and 7.00:00:00.")]
    public TimeSpan KeepUnreferenced { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The base address of the HTTP API, such as <c>https://example.org/api</c>; the page links to it.</summary>
    [WebAddress(ErrorMessage = "The setting Publishing:ApiAddress must be an address that begins with http:// or https://.")]
    public string? ApiAddress { get; init; }

    /// <summary>The address of the page, such as <c>https://example.org/</c>. Feeds and the sitemap require it.</summary>
    [WebAddress(ErrorMessage = "The setting Publishing:SiteAddress must be an address that begins with http:// or https://.")]
    public string? SiteAddress { get; init; }

    /// <summary>
    /// The destination for error reports: the new-issue page of a repository (<c>https://…/issues/new</c>), a mailbox (<c>mailto:</c>), or any other
    /// page.
    /// </summary>
    [WebAddress(AllowsMail = true, ErrorMessage = "The setting Publishing:ReportErrorsTo must be an address that begins with http://, https:// or mailto:.")]
    public string? ReportErrorsTo { get; init; }
}
