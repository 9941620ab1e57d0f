using System.Text;

namespace Denoised.Simulators.Arxiv;

/// <summary>A whole answer, before a fault is laid on it.</summary>
internal sealed record SimulatedAnswer(int Status, string ContentType, byte[] Body)
{
    public const string Html = "text/html; charset=utf-8";
    public const string Rss = "application/rss+xml";
    public const string Atom = "application/atom+xml; charset=utf-8";

    /// <summary>In seconds; null sends no such header.</summary>
    public int? RetryAfter { get; init; }

    public string? ETag { get; init; }

    public static SimulatedAnswer Text(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>The short HTML page that arXiv's applications give for an error.</summary>
    public static SimulatedAnswer Error(int status, string reason, string detail) => Text(
        status, Html, $"<!doctype html>\n<html lang=en>\n<title>{status} {reason}</title>\n<h1>{reason}</h1>\n<p>{System.Net.WebUtility.HtmlEncode(detail)}</p>\n");
}
