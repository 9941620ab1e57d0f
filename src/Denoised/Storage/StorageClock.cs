using Azure;

namespace Denoised.Storage;

/// <summary>
/// The storage service's clock, read off its answers. Instances' own clocks differ; what they compare with one another is always
/// this one. Its resolution is one second.
/// </summary>
internal static class StorageClock
{
    /// <summary>Two moments of the service's clock closer than this may have come in either order.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>The <c>Date</c> header leaves the fraction of a second out.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>When the service answered.</summary>
    public static DateTimeOffset ServedAt(this Response response) =>
        response.Headers.Date ?? throw new InvalidDataException($"The storage service's answer {response.ClientRequestId} carries no Date header.");
}
