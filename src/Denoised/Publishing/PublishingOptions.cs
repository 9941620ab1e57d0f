using System.ComponentModel.DataAnnotations;

namespace Denoised.Publishing;

/// <summary>The settings of the section <c>Publishing</c>.</summary>
public sealed record PublishingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Publishing";

    /// <summary>A day is rebuilt at most once in this time (a day of more than 500 papers less often, in proportion); the last change always leads to a rebuild.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "The setting Publishing:MinimumInterval must be a time between 00:00:00 and 01:00:00.")]
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a file stays after nothing points to it any more: a reader may have loaded the pointer just before.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "The setting Publishing:KeepUnreferenced must be a time between 00:01:00 and 7.00:00:00.")]
    public TimeSpan KeepUnreferenced { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where the HTTP API answers, such as <c>https://example.org/api</c>; the page links it.</summary>
    [WebAddress(ErrorMessage = "The setting Publishing:ApiAddress must be an address that begins with http:// or https://.")]
    public string? ApiAddress { get; init; }

    /// <summary>The page's own address, such as <c>https://example.org/</c>; feeds and the sitemap need it.</summary>
    [WebAddress(ErrorMessage = "The setting Publishing:SiteAddress must be an address that begins with http:// or https://.")]
    public string? SiteAddress { get; init; }

    /// <summary>Where readers report errors: a repository's new-issue page (<c>https://…/issues/new</c>), a mailbox (<c>mailto:</c>), or any other page.</summary>
    [WebAddress(AllowsMail = true, ErrorMessage = "The setting Publishing:ReportErrorsTo must be an address that begins with http://, https:// or mailto:.")]
    public string? ReportErrorsTo { get; init; }
}
