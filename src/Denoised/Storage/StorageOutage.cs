using Azure;

namespace Denoised.Storage;

/// <summary>
/// Tells a storage service that did not answer (after all that the client library does about it) from one that refused: nobody knows then whether
/// what was asked has been done.
/// </summary>
public static class StorageOutage
{
    /// <summary>Whether a table, queue or container does not exist: nothing has been collected on this account.</summary>
    public static bool IsMissingStore(Exception exception) =>
        exception is RequestFailedException { Status: 404, ErrorCode: "TableNotFound" or "QueueNotFound" or "ContainerNotFound" };

    /// <summary>Whether an exception comes from an answer that is missing: broken connections, time-outs, 5xx, throttling.</summary>
    public static bool Caused(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        // It was refused, each time since others wrote: later it may succeed.
        WriteContentionException => true,
        // The library's own report of several attempts that all failed.
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(inner => inner is IOException or OperationCanceledException || Caused(inner)),
        _ => false,
    };
}
