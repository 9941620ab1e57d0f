using Azure;

namespace Denoised.Storage;

/// <summary>
/// The storage service's clock, taken from the Date header of its responses. Instances' clocks differ, so times shared between instances always use
/// this one. Resolution: 1 s.
/// </summary>
internal static class StorageClock
{
    /// <summary>The order of two times of this clock is uncertain if they are closer than this.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>The <c>Date</c> header omits fractions of a second.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>Gets the time of a response.</summary>
    public static DateTimeOffset ServedAt(this Response response) =>
        response.Headers.Date ?? throw new InvalidDataException($"The storage service's response {response.ClientRequestId} has no Date header.");
}
