namespace Denoised.Simulators.Storage;

/// <summary>The services of a storage account.</summary>
public enum StorageService
{
    /// <summary>Blobs.</summary>
    Blob,

    /// <summary>Queues.</summary>
    Queue,

    /// <summary>Tables.</summary>
    Table,
}

/// <summary>A request on its way to a storage account.</summary>
/// <param name="Service">Whom it is for.</param>
/// <param name="Method">GET, PUT …</param>
/// <param name="Path">With the account's name, without the query.</param>
/// <param name="IsConditional">Whether it depends on what is there: If-Match with a version, or If-None-Match.</param>
public sealed record StorageRequest(StorageService Service, string Method, string Path, bool IsConditional)
{
    /// <summary>
    /// Whether it changes anything. Receiving a queue's messages does: it hides them.
    /// </summary>
    public bool IsWrite => Method is not ("GET" or "HEAD") || (Service == StorageService.Queue && Path.EndsWith("/messages", StringComparison.Ordinal));

    /// <summary>Whether a kind of fault can befall it.</summary>
    public bool Admits(StorageFault fault) => fault switch
    {
        StorageFault.ConditionNotMet => IsConditional && IsWrite,
        StorageFault.AnswerLost or StorageFault.TimedOutAfterWrite => IsWrite,
        StorageFault.BrokenTransfer => Method == "GET" && !IsWrite,
        _ => true,
    };
}
