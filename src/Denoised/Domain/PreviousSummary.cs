namespace Denoised.Domain;

/// <summary>A model summary that was replaced.</summary>
/// <param name="Summary">The replaced summary.</param>
/// <param name="Reason">The reason for the replacement.</param>
/// <param name="ReplacedAt">The time of the replacement.</param>
public sealed record PreviousSummary(Summary Summary, string Reason, DateTimeOffset ReplacedAt);
