using System.Text.Json.Nodes;
using Denoised.Domain;

namespace Denoised.Publishing.Pages;

/// <summary>
/// Marks the chosen sentences in the abstract of a paper without a model summary; <c>frontend/src/cards/abstract.ts</c> implements the same.
/// </summary>
internal static class AnnotatedAbstract
{
    /// <summary>Splits the abstract at the sentences of the summary's sections. The concatenated parts are exactly the abstract.</summary>
    public static JsonArray PartsOf(string text, Summary summary)
    {
        var marks = new[] { (summary.Problem, "problem"), (summary.Methodology, "method"), (summary.Results, "result") }
            .SelectMany(section => PlacesOf(text, section.Item1 ?? "").Select(place => (place.Start, place.End, Label: section.Item2)))
            .OrderBy(mark => mark.Start);
        var parts = new JsonArray();
        var at = 0;
        foreach (var (start, end, label) in marks)
        {
            if (start < at)
                continue;
            if (start > at)
                Add(at, start, label: null);
            Add(start, end, label);
            at = end;
        }

        if (at < text.Length)
            Add(at, text.Length, label: null);
        return parts;

        void Add(int start, int end, string? label) => parts.Add(new JsonObject { ["text"] = text[start..end], ["label"] = label });
    }

    /// <summary>Finds the sentences of a section in the abstract, in the longest possible runs.</summary>
    private static IEnumerable<(int Start, int End)> PlacesOf(string text, string section)
    {
        var remaining = section;
        while (remaining.Length > 0)
        {
            var length = remaining.Length;
            var start = text.IndexOf(remaining, StringComparison.Ordinal);
            while (start < 0 && (length = remaining.LastIndexOf(' ', length - 1)) > 0)
                start = text.IndexOf(remaining[..length], StringComparison.Ordinal);
            if (start < 0)
                yield break;
            yield return (start, start + length);
            remaining = remaining[length..].TrimStart();
        }
    }
}
