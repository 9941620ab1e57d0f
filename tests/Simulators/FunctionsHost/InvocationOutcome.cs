using Denoised.Simulators.FunctionsHost.Protocol;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>The result of an invocation.</summary>
/// <param name="Status">The status reported by the worker.</param>
/// <param name="Error">The exception's text; null for none.</param>
/// <param name="ResponseBytes">The size of the worker's response on the gRPC stream, in bytes.</param>
public sealed record InvocationOutcome(InvocationStatus Status, string? Error, int ResponseBytes)
{
    internal static InvocationOutcome Of(InvocationResponse response) => new(
        (InvocationStatus)response.Result.Status,
        response.Result.Exception?.Message,
        response.CalculateSize());
}

/// <summary>The status of a completed invocation; the values are those of the protocol.</summary>
public enum InvocationStatus
{
    /// <summary>The function threw.</summary>
    Failure = 0,

    /// <summary>The function returned.</summary>
    Success = 1,

    /// <summary>The function was cancelled.</summary>
    Cancelled = 2,
}

/// <summary>Sizes of a function's invocation responses on the gRPC stream.</summary>
/// <param name="Count">The number of responses.</param>
/// <param name="LargestBytes">The size of the largest response, in bytes.</param>
/// <param name="TotalBytes">The total size, in bytes.</param>
public sealed record ResponseSizes(long Count, int LargestBytes, long TotalBytes)
{
    internal ResponseSizes With(int bytes) => new(Count + 1, Math.Max(LargestBytes, bytes), TotalBytes + bytes);
}
