using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Denoised.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>Reads the query parameters that several endpoints share. For an invalid value, the problem names the parameter.</summary>
internal static class RequestQuery
{
    /// <summary>Reads the repeatable parameter <c>tag</c>; each value is a name or a slug.</summary>
    public static bool TryReadTags(HttpRequest request, out SortedSet<string> tags, [NotNullWhen(false)] out IActionResult? problem)
    {
        tags = new SortedSet<string>(StringComparer.Ordinal);
        problem = null;
        foreach (var text in request.Query["tag"].OfType<string>())
        {
            if (!Tag.TryFind(text, out var tag))
            {
                problem = Problem.BadRequest($"The tag '{Problem.Shorten(text)}' is unknown. The tags are: {string.Join(", ", Tag.All)}.");
                return false;
            }

            tags.Add(tag);
        }

        return true;
    }

    /// <summary>Reads the parameter <c>limit</c>.</summary>
    public static bool TryReadLimit(HttpRequest request, int standard, int maxLimit, out int limit, [NotNullWhen(false)] out IActionResult? problem)
    {
        limit = standard;
        problem = null;
        if (request.Query["limit"].LastOrDefault() is not { } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= maxLimit))
        {
            return true;
        }

        problem = Problem.BadRequest($"The limit '{Problem.Shorten(text)}' is not a number between 1 and {maxLimit}.");
        return false;
    }

    /// <summary>Reads a date parameter; null if it is absent.</summary>
    public static bool TryReadDay(HttpRequest request, string name, out ListingDay? day, [NotNullWhen(false)] out IActionResult? problem)
    {
        day = null;
        problem = null;
        if (request.Query[name].LastOrDefault() is not { } text)
            return true;
        if (ListingDay.TryParse(text, out var parsed))
        {
            day = parsed;
            return true;
        }

        problem = Problem.BadRequest($"The day '{Problem.Shorten(text)}' in '{name}' is not a date of the form yyyy-MM-dd.");
        return false;
    }
}
