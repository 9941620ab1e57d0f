using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Denoised.Papers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>Reads the parameters that several endpoints share; what is wrong is a problem that names it.</summary>
internal static class RequestQuery
{
    /// <summary>The tags of <c>tag</c>, which may be repeated; by name or slug.</summary>
    public static bool TryReadTags(HttpRequest request, out SortedSet<string> tags, [NotNullWhen(false)] out IActionResult? problem)
    {
        tags = new SortedSet<string>(StringComparer.Ordinal);
        problem = null;
        foreach (var text in request.Query["tag"].OfType<string>())
        {
            if (!Tag.TryFind(text, out var tag))
            {
                problem = Problem.BadRequest($"The tag '{Problem.Sent(text)}' is unknown. The tags are: {string.Join(", ", Tag.All)}.");
                return false;
            }

            tags.Add(tag);
        }

        return true;
    }

    /// <summary>The number in <c>limit</c>.</summary>
    public static bool TryReadLimit(HttpRequest request, int standard, int most, out int limit, [NotNullWhen(false)] out IActionResult? problem)
    {
        limit = standard;
        problem = null;
        if (request.Query["limit"].LastOrDefault() is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most))
            return true;

        problem = Problem.BadRequest($"The limit '{Problem.Sent(text)}' is not a number between 1 and {most}.");
        return false;
    }

    /// <summary>The date in a parameter, or null where it is not given.</summary>
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

        problem = Problem.BadRequest($"The day '{Problem.Sent(text)}' in '{name}' is not a date of the form yyyy-MM-dd.");
        return false;
    }
}
