namespace Denoised.Domain;

/// <summary>A paper as announced in one listing.</summary>
/// <param name="Paper">The metadata; fields that the listing omits are null.</param>
/// <param name="Type">The type of announcement.</param>
/// <param name="Position">The position in the listing, starting at 0.</param>
public sealed record AnnouncedPaper(Paper Paper, AnnounceType Type, int Position);
