using Azure;

namespace Denoised.Publishing.Snapshots;

/// <summary>A file of the site as a list shows it.</summary>
/// <param name="Name">Its name, such as <c>papers/2603.15569/index.html</c>.</param>
/// <param name="Modified">When it was last written or retired (the storage service's clock).</param>
/// <param name="ETag">The version that was listed.</param>
/// <param name="Fingerprint">What it was made from, where its writer said so: the same fingerprint stands for the same content.</param>
/// <param name="IsRetired">Nothing points to it since <paramref name="Modified"/>.</param>
public sealed record SiteFile(string Name, DateTimeOffset Modified, ETag ETag, string? Fingerprint, bool IsRetired);
