using Azure;

namespace Denoised.Publishing.Snapshots;

/// <summary>A file of the site in a listing.</summary>
/// <param name="Name">The name, such as <c>papers/2603.15569/index.html</c>.</param>
/// <param name="Modified">The time of the last write or retirement (the storage service's clock).</param>
/// <param name="ETag">The listed version.</param>
/// <param name="Fingerprint">The fingerprint of the input, if the writer stored one. Equal fingerprints imply equal content.</param>
/// <param name="IsRetired">Whether the file has been unreferenced since <paramref name="Modified"/>.</param>
public sealed record SiteFile(string Name, DateTimeOffset Modified, ETag ETag, string? Fingerprint, bool IsRetired);
