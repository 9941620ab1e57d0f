using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Denoised.Arxiv.RateLimiting;
using Microsoft.Extensions.Logging;

namespace Denoised.Arxiv;

/// <summary>
/// Sends the requests of <see cref="ArxivClient"/>. Each request, retry and redirect takes its own rate limit lease; redirects stay on arXiv.
/// </summary>
internal sealed partial class ArxivRequests(HttpClient http, DistributedRateLimiter rateLimiter, ArxivOptions options, TimeProvider time, ILogger logger)
{
    private const int MaxRedirects = 3;

    /// <summary>Reads a document. Repeats the request after a temporary failure.</summary>
    /// <param name="address">The address to read.</param>
    /// <param name="limit">The rate limit that applies.</param>
    /// <param name="maxBytes">The size limit in bytes.</param>
    /// <param name="category">The requested category; null for other documents.</param>
    /// <param name="cancellationToken">Cancels the wait and the request.</param>
    /// <param name="lease">The lease for the first request, if the caller holds one already.</param>
    public async Task<ArxivDocument> ReadAsync(
        Uri address,
        RateLimit limit,
        long maxBytes,
        string? category,
        CancellationToken cancellationToken,
        RateLimitLease? lease = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(address, limit, maxBytes, category, attempt == 0 ? lease : null, cancellationToken);
            }
            catch (ArxivException exception) when (attempt < options.Retries && ShouldRetry(exception))
            {
                Log.Repeating(logger, exception.Message);
                // No delay here: the next lease waits for the pause that arXiv requested, or for the usual interval.
            }
        }
    }

    private bool ShouldRetry(ArxivException exception) => exception.Failure switch
    {
        ArxivFailure.Unavailable => true,
        ArxivFailure.Throttled => exception.RetryAfter <= options.MaxRetryAfter,
        _ => false,
    };

    private async Task<ArxivDocument> ReadOnceAsync(
        Uri address,
        RateLimit limit,
        long maxBytes,
        string? category,
        RateLimitLease? first,
        CancellationToken cancellationToken)
    {
        var target = address;
        for (var redirects = 0; ; redirects++)
        {
            RateLimitLease taken;
            if (redirects == 0 && first is not null)
            {
                taken = first;
            }
            else
            {
                using var wait = Telemetry.Traces.StartActivity("lease");
                taken = await rateLimiter.AcquireAsync(limit, cancellationToken);
            }

            await using var lease = taken;
            using var fetch = Telemetry.Traces.StartActivity("fetch", ActivityKind.Client);
            fetch?.SetTag("url.full", target.AbsoluteUri);
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Expiry);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, target);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bounded.Token);
                if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                {
                    target = ResolveRedirect(address, target, response.Headers.Location, redirects);
                    continue;
                }

                if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                {
                    var pause = ReadRetryAfter(response.Headers.RetryAfter);
                    await lease.ReportThrottledAsync(pause, cancellationToken);
                    throw ArxivFailures.At(
                        ArxivFailure.Throttled,
                        address,
                        $"arXiv answers {(int)response.StatusCode} and asks for a pause of {pause.TotalSeconds:0} seconds.",
                        retryAfter: pause);
                }

                if (!response.IsSuccessStatusCode)
                    throw await ArxivErrorPage.ReadAsync(address, response, category, bounded.Token);

                var content = await ReadContentAsync(address, response.Content, maxBytes, bounded.Token);
                return new ArxivDocument(target, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "", content);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw ArxivFailures.At(
                    ArxivFailure.Unavailable,
                    address,
                    $"arXiv did not answer in full within {limit.RequestTimeout.TotalSeconds:0.#} seconds.",
                    exception);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
            {
                // InvalidDataException: a truncated compressed response.
                throw ArxivFailures.At(ArxivFailure.Unavailable, address, "arXiv cannot be reached: " + exception.Message, exception);
            }
        }
    }

    private Uri ResolveRedirect(Uri address, Uri source, Uri? location, int redirects)
    {
        if (location is null || redirects >= MaxRedirects)
            throw ArxivFailures.At(
                ArxivFailure.Refused,
                address,
                location is null ? "arXiv redirects without saying where." : $"arXiv redirects more than {MaxRedirects} times.");
        var target = new Uri(source, location);
        var isArxiv = target.Scheme == Uri.UriSchemeHttps && target.IsDefaultPort && target.UserInfo.Length == 0
            && (target.Host == "arxiv.org" || target.Host.EndsWith(".arxiv.org", StringComparison.Ordinal));
        var isConfigured = new[] { options.FeedAddress, options.ApiAddress, options.PageAddress }
            .Any(own => Uri.Compare(
                own, target, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);
        return isArxiv || isConfigured ? target : throw ArxivFailures.At(ArxivFailure.Refused, address, $"it redirects to {target}, which is not arXiv.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadContentAsync(Uri address, HttpContent content, long maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            throw ArxivFailures.TooLarge(address, maxBytes);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var memory = new MemoryStream(capacity: (int)Math.Min(maxBytes, content.Headers.ContentLength ?? 64 * 1024));
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (memory.Length + read > maxBytes)
                throw ArxivFailures.TooLarge(address, maxBytes);
            memory.Write(buffer, 0, read);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    private TimeSpan ReadRetryAfter(RetryConditionHeaderValue? header)
    {
        var pause = header?.Delta ?? (header?.Date - time.GetUtcNow()) ?? options.DefaultRetryAfter;
        return pause > TimeSpan.Zero ? pause : options.DefaultRetryAfter;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Asking arXiv again: {Reason}")]
        public static partial void Repeating(ILogger logger, string reason);
    }
}
