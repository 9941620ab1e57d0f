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

/// <summary>A request to a storage account.</summary>
/// <param name="Service">The requested service.</param>
/// <param name="Method">GET, PUT …</param>
/// <param name="Path">The path including the account name, without the query.</param>
/// <param name="IsConditional">Whether the request has a condition: If-Match with a version, or If-None-Match.</param>
public sealed record StorageRequest(StorageService Service, string Method, string Path, bool IsConditional)
{
    /// <summary>Whether the request changes anything. Receiving queue messages does: it hides them.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD") || (Service == StorageService.Queue && Path.EndsWith("/messages", StringComparison.Ordinal));

    /// <summary>Whether a kind of fault is applicable to the request.</summary>
    public bool Admits(StorageFault fault) => fault switch
    {
        StorageFault.ConditionNotMet => IsConditional && IsWrite,
        StorageFault.ResponseLost or StorageFault.TimedOutAfterWrite => IsWrite,
        StorageFault.BrokenTransfer => Method == "GET" && !IsWrite,
        _ => true,
    };
}
