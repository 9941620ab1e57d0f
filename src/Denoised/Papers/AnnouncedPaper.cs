namespace Denoised.Papers;

/// <summary>A paper as one listing announces it.</summary>
/// <param name="Paper">Its metadata; what the listing does not say is null.</param>
/// <param name="Type">How it is announced.</param>
/// <param name="Position">Its place in the listing, counted from 0.</param>
public sealed record AnnouncedPaper(Paper Paper, AnnounceType Type, int Position);
