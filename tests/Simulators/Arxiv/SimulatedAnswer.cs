using System.Text;

namespace Denoised.Simulators.Arxiv;

/// <summary>A complete response before fault injection.</summary>
internal sealed record SimulatedAnswer(int Status, string ContentType, byte[] Body)
{
    public const string Html = "text/html; charset=utf-8";
    public const string Rss = "application/rss+xml";
    public const string Atom = "application/atom+xml; charset=utf-8";

    /// <summary>The Retry-After value in seconds; null for no header.</summary>
    public int? RetryAfter { get; init; }

    public string? ETag { get; init; }

    public static SimulatedAnswer Text(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>Creates an error page like those of arXiv's applications.</summary>
    public static SimulatedAnswer Error(int status, string reason, string detail) => Text(
        status, Html, $"<!doctype html>\n<html lang=en>\n<title>{status} {reason}</title>\n<h1>{reason}</h1>\n<p>{System.Net.WebUtility.HtmlEncode(detail)}</p>\n");
}
