using Azure;

namespace Denoised.Storage;

/// <summary>
/// Distinguishes transient storage errors from rejected requests. After a transient error (all retries of the client library failed), the outcome of
/// the request is unknown.
/// </summary>
public static class StorageErrors
{
    /// <summary>Whether a table, queue or container does not exist: nothing has been collected into this account yet.</summary>
    public static bool IsMissingStore(Exception exception) =>
        exception is RequestFailedException { Status: 404, ErrorCode: "TableNotFound" or "QueueNotFound" or "ContainerNotFound" };

    /// <summary>Whether an error is transient: broken connections, timeouts, 5xx, throttling.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        // Each attempt lost to a concurrent writer; a later attempt may succeed.
        WriteContentionException => true,
        // The client library throws this after several failed attempts.
        AggregateException several =>
            several.InnerExceptions.Count > 0
            && several.InnerExceptions.All(inner => inner is IOException or OperationCanceledException || IsTransient(inner)),
        _ => false,
    };
}
