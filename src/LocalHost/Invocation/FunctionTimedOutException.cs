namespace Denoised.LocalHost.Invocation;

/// <summary>A function ran longer than <c>functionTimeout</c>.</summary>
internal sealed class FunctionTimedOutException(string message, Exception? inner) : Exception(message, inner);
