namespace Denoised.Simulators.Storage;

/// <summary>What can go wrong with a request to a storage account.</summary>
public enum StorageFault
{
    /// <summary>500; the request was not carried out.</summary>
    InternalServerError,

    /// <summary>503 <c>ServerBusy</c>; the request was not carried out.</summary>
    ServerBusy,

    /// <summary>The connection is cut before the request was carried out.</summary>
    ConnectionReset,

    /// <summary>412 though nobody has written; conditional requests only. The request was not carried out.</summary>
    ConditionNotMet,

    /// <summary>Writes only: carried out, and the connection is cut instead of an answer.</summary>
    AnswerLost,

    /// <summary>Writes only: carried out, and answered with 500 <c>OperationTimedOut</c>, which says that nobody knows.</summary>
    TimedOutAfterWrite,

    /// <summary>Reads only: the connection is cut in the middle of the answer.</summary>
    BrokenTransfer,
}
