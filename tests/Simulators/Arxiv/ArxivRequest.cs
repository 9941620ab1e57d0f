namespace Denoised.Simulators.Arxiv;

/// <summary>A recorded request and its result.</summary>
/// <param name="Number">The sequence number, starting at 1.</param>
/// <param name="At">The time of arrival.</param>
/// <param name="Service">The requested service.</param>
/// <param name="Path">The path and query.</param>
/// <param name="UserAgent">The User-Agent header; empty if absent.</param>
public sealed record ArxivRequest(int Number, DateTimeOffset At, ArxivService Service, string Path, string UserAgent)
{
    /// <summary>The rate limit that applies to the request.</summary>
    public LimitGroup Group => Service is ArxivService.Feed or ArxivService.Api ? LimitGroup.FeedAndApi : LimitGroup.Pages;

    /// <summary>Whether the User-Agent contains a contact address.</summary>
    public bool HasContact => UserAgent.Contains('@', StringComparison.Ordinal) || UserAgent.Contains("://", StringComparison.Ordinal);

    /// <summary>The time just before the last byte was sent; null while the response is in progress.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The response status; 0 while the response is in progress, and for an aborted connection.</summary>
    public int Status { get; init; }

    /// <summary>The size of the complete body in bytes.</summary>
    public int Bytes { get; init; }

    /// <summary>The injected fault; null for none.</summary>
    public ArxivFault? Fault { get; init; }
}
