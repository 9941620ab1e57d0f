using Denoised.Simulators.FunctionsHost.Protocol;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>How an invocation ended.</summary>
/// <param name="Status">What the worker says.</param>
/// <param name="Error">The exception's text, or null.</param>
/// <param name="ResponseBytes">The size of the worker's response on the gRPC stream.</param>
public sealed record InvocationOutcome(InvocationStatus Status, string? Error, int ResponseBytes)
{
    internal static InvocationOutcome Of(InvocationResponse response) => new(
        (InvocationStatus)response.Result.Status,
        response.Result.Exception?.Message,
        response.CalculateSize());
}

/// <summary>The worker's word for an invocation's end; the values are the protocol's.</summary>
public enum InvocationStatus
{
    /// <summary>The function threw.</summary>
    Failure = 0,

    /// <summary>The function returned.</summary>
    Success = 1,

    /// <summary>The function was cancelled.</summary>
    Cancelled = 2,
}

/// <summary>The responses to a function's invocations on the gRPC stream.</summary>
/// <param name="Count">How many.</param>
/// <param name="LargestBytes">The largest one's size.</param>
/// <param name="TotalBytes">The size of all of them.</param>
public sealed record ResponseSizes(long Count, int LargestBytes, long TotalBytes)
{
    internal ResponseSizes With(int bytes) => new(Count + 1, Math.Max(LargestBytes, bytes), TotalBytes + bytes);
}
