using Denoised.Arxiv.Feeds;
using Denoised.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind of error; the same for each occurrence.</param>
/// <param name="Detail">The cause of this occurrence.</param>
public sealed record Problem(int Status, string Title, string Detail)
{
    /// <summary><c>about:blank</c>: the title describes the type completely.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>Shortens a value from the request, for use in a problem's detail.</summary>
    public static string Shorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Longest = 100;
        return text.Length <= Longest ? text : Characters.Shorten(text, Longest) + "…";
    }

    /// <summary>400: a part of the request is invalid.</summary>
    public static IActionResult BadRequest(string detail) => Answer(new Problem(StatusCodes.Status400BadRequest, "Bad request", detail));

    /// <summary>404: the requested resource is not stored.</summary>
    public static IActionResult NotFound(string detail) => Answer(new Problem(StatusCodes.Status404NotFound, "Not found", detail));

    /// <summary>409: the current state does not allow the request.</summary>
    public static IActionResult Conflict(string detail) => Answer(new Problem(StatusCodes.Status409Conflict, "Conflict", detail));

    /// <summary>503: the storage account is still empty; the first collection creates the tables.</summary>
    public static IActionResult NotCollectedYet() =>
        Answer(
            new Problem(StatusCodes.Status503ServiceUnavailable, "Not collected yet", "Nothing has been collected yet. Try again in a minute."),
            retryAfter: TimeSpan.FromMinutes(1));

    /// <summary>500: an internal error.</summary>
    public static IActionResult Failure(string detail) => Answer(new Problem(StatusCodes.Status500InternalServerError, "Internal error", detail));

    /// <summary>Returns a problem as a response.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="retryAfter">The value of the Retry-After header; null if a retry does not help.</param>
    public static IActionResult Answer(Problem problem, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.Problem);
        return new RepresentationResult(new Representation(body, "application/problem+json; charset=utf-8"), problem.Status, "no-store", retryAfter);
    }
}
