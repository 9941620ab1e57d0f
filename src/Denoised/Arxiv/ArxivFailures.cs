using System.Globalization;

namespace Denoised.Arxiv;

/// <summary>Creates the exceptions of requests to arXiv.</summary>
internal static class ArxivFailures
{
    /// <summary>A failure whose message starts with the requested address.</summary>
    public static ArxivException At(ArxivFailure failure, Uri address, string message, Exception? inner = null, TimeSpan? retryAfter = null) =>
        new(failure, $"{address}: {message}", inner) { Address = address, RetryAfter = retryAfter };

    /// <summary>The failure of a response that exceeds its size limit.</summary>
    public static ArxivException TooLarge(Uri address, long maxBytes) =>
        At(ArxivFailure.TooLarge, address, string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {maxBytes} bytes."));
}
