using System.Text.Json.Serialization;
using Denoised.Publishing.Feeds;

namespace Denoised.Domain;

/// <summary>The source of a listing. Stored by name.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ListingSource>))]
public enum ListingSource
{
    /// <summary>The feed at rss.arxiv.org: the exact announcement, with versions and licences.</summary>
    Feed,

    /// <summary>
    /// A catch-up page: the exact announcement, but without licences, with truncated author lists, and without versions of replacements (1 until
    /// the API provides them).
    /// </summary>
    CatchUp,

    /// <summary>The API's submission dates. They only approximate a listing: delayed papers are missing.</summary>
    SubmissionDates,
}
