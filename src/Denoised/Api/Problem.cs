using Denoised.Arxiv.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>An error as RFC 9457 describes it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of error, the same for each of its kind.</param>
/// <param name="Detail">What was wrong this time, and where.</param>
public sealed record Problem(int Status, string Title, string Detail)
{
    /// <summary>The title says all there is to say of the type.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>What was sent, as a problem names it: its beginning, where it is long.</summary>
    public static string Sent(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Longest = 100;
        return text.Length <= Longest ? text : Characters.Shorten(text, Longest) + "…";
    }

    /// <summary>A part of the request is not what it has to be.</summary>
    public static IActionResult BadRequest(string detail) => Answer(new Problem(StatusCodes.Status400BadRequest, "Bad request", detail));

    /// <summary>What is asked for is not held.</summary>
    public static IActionResult NotFound(string detail) => Answer(new Problem(StatusCodes.Status404NotFound, "Not found", detail));

    /// <summary>What is asked for cannot be done as things stand.</summary>
    public static IActionResult Conflict(string detail) => Answer(new Problem(StatusCodes.Status409Conflict, "Conflict", detail));

    /// <summary>The storage account is still empty: the first collection creates what is missing.</summary>
    public static IActionResult NotCollectedYet() =>
        Answer(new Problem(StatusCodes.Status503ServiceUnavailable, "Not collected yet", "Nothing has been collected yet. Try again in a minute."), retryAfter: TimeSpan.FromMinutes(1));

    /// <summary>The product failed.</summary>
    public static IActionResult Failure(string detail) => Answer(new Problem(StatusCodes.Status500InternalServerError, "Internal error", detail));

    /// <summary>Answers with a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="retryAfter">When to ask again, where that helps.</param>
    public static IActionResult Answer(Problem problem, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(problem, DenoisedJson.Default.Problem);
        return new RepresentationResult(new Representation(body, "application/problem+json; charset=utf-8"), problem.Status, "no-store", retryAfter);
    }
}
