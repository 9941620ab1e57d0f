namespace Denoised.Simulators.Arxiv;

/// <summary>A request as it arrived and what became of it.</summary>
/// <param name="Number">1 for the first one.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Service">Whom it was for.</param>
/// <param name="Path">Path and query.</param>
/// <param name="UserAgent">As sent; empty when it was not.</param>
public sealed record ArxivRequest(int Number, DateTimeOffset At, ArxivService Service, string Path, string UserAgent)
{
    /// <summary>The limit that it counts against.</summary>
    public LimitGroup Group => Service is ArxivService.Feed or ArxivService.Api ? LimitGroup.FeedAndApi : LimitGroup.Pages;

    /// <summary>Whether the User-Agent names an address at which its owner can be reached.</summary>
    public bool HasContact => UserAgent.Contains('@', StringComparison.Ordinal) || UserAgent.Contains("://", StringComparison.Ordinal);

    /// <summary>When the last byte was about to be sent; null while it is being answered.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>0 while it is being answered, and where the connection was cut.</summary>
    public int Status { get; init; }

    /// <summary>Bytes of the body that were to be sent.</summary>
    public int Bytes { get; init; }

    /// <summary>What went wrong with it, on purpose.</summary>
    public ArxivFault? Fault { get; init; }
}
