using System.Text;
using Denoised.Arxiv.Feeds;

namespace Denoised.Arxiv;

/// <summary>Reads arXiv's error pages and turns them into exceptions.</summary>
internal static class ArxivErrorPage
{
    /// <summary>Reads the error page of a response with an unsuccessful status.</summary>
    /// <param name="address">The requested address.</param>
    /// <param name="response">The response.</param>
    /// <param name="category">The requested category; null for other documents.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<ArxivException> ReadAsync(Uri address, HttpResponseMessage response, string? category, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
            return ArxivFailures.At(ArxivFailure.Unavailable, address, $"arXiv answers {status} {response.ReasonPhrase}.");

        // Error messages quote only the beginning of arXiv's response.
        var body = Encoding.UTF8.GetString((await ReadBeginningAsync(response.Content, cancellationToken)).Span);
        if (body.Contains("/api/errors", StringComparison.Ordinal))
            return RefusedByApi(address, body);
        var said = ArxivXml.Beginning(WithoutMarkup(body));
        if (status == 404)
            return ArxivFailures.At(ArxivFailure.NotFound, address, "arXiv has no such document.");
        return status == 400 && category is not null && IsAboutCategory(body)
            ? ArxivFailures.At(ArxivFailure.UnknownCategory, address, $"arXiv knows no category '{category}': {said}")
            : ArxivFailures.At(ArxivFailure.Refused, address, $"arXiv answers {status} {response.ReasonPhrase}; {said}");
    }

    private static ArxivException RefusedByApi(Uri address, string body)
    {
        try
        {
            MetadataFeed.Parse(body);
            return ArxivFailures.At(ArxivFailure.Refused, address, "the API answers with an error.");
        }
        catch (ArxivException exception)
        {
            return exception.At(address);
        }
    }

    /// <summary>Whether an error page reports an unknown category. The feeds and the catch-up pages use different wordings.</summary>
    private static bool IsAboutCategory(string body) =>
        body.Contains("Bad subject class", StringComparison.OrdinalIgnoreCase)
        || body.Contains("Bad archive", StringComparison.OrdinalIgnoreCase)
        || body.Contains("Invalid archive", StringComparison.OrdinalIgnoreCase)
        || body.Contains("Invalid subject", StringComparison.OrdinalIgnoreCase)
        || body.Contains("Feed error", StringComparison.OrdinalIgnoreCase);

    private static string WithoutMarkup(string body)
    {
        var text = new StringBuilder(body.Length);
        var inTag = false;
        foreach (var character in body)
        {
            if (character is '<' or '>')
                text.Append(' ');
            else if (!inTag)
                text.Append(character);
            inTag = character == '<' || (inTag && character != '>');
        }

        return text.ToString();
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBeginningAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[8 * 1024];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, read);
    }
}
