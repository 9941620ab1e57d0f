namespace Denoised.Simulators.Storage;

/// <summary>Faults of storage requests.</summary>
public enum StorageFault
{
    /// <summary>500; the request was not executed.</summary>
    InternalServerError,

    /// <summary>503 <c>ServerBusy</c>; the request was not executed.</summary>
    ServerBusy,

    /// <summary>The connection is aborted before the request was executed.</summary>
    ConnectionReset,

    /// <summary>Conditional requests only: 412 without a conflicting write; the request was not executed.</summary>
    ConditionNotMet,

    /// <summary>Writes only: executed, but the connection is aborted instead of a response.</summary>
    ResponseLost,

    /// <summary>Writes only: executed, but the response is 500 <c>OperationTimedOut</c>, which leaves the outcome unknown.</summary>
    TimedOutAfterWrite,

    /// <summary>Reads only: the connection is aborted in the middle of the response.</summary>
    BrokenTransfer,
}
