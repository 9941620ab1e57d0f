using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Denoised.Summaries;

/// <summary>
/// Finds the JSON in what a model wrote. Servers that do not enforce a schema let models put it in a Markdown fence, behind their reasoning, or between sentences.
/// </summary>
internal static class AnswerJson
{
    private static readonly LinearRegex reasoningEnd = new("</(think|thinking|thought|reasoning|reflection)>", RegexOptions.IgnoreCase);

    /// <summary>The answer as an object of the schema; null where it holds none.</summary>
    public static T? Read<T>(string content, JsonTypeInfo<T> type)
        where T : class
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        if (Parse(bytes, type) is { } whole)
            return whole;

        var found = new List<(T Answer, int Length)>();
        var start = 0;
        while (Array.IndexOf(bytes, (byte)'{', start) is >= 0 and var open)
        {
            var end = EndOf(bytes, open);
            var answer = end > open ? Parse(bytes.AsSpan(open, end - open), type) : null;
            if (answer is not null)
                found.Add((answer, end - open));

            // Within an object that does not fit there may be one that does.
            start = answer is not null ? end : open + 1;
        }

        // The last one: drafts stand in the reasoning before it. Examples and empty objects, which fit, too, are much shorter.
        var longest = found.Select(candidate => candidate.Length).DefaultIfEmpty().Max();
        return found.FindLast(candidate => candidate.Length * 2 >= longest).Answer;
    }

    /// <summary>The text without the reasoning that some models write before their answer.</summary>
    public static string WithoutReasoning(string content)
    {
        var text = content.Trim();

        // An answer about reasoning models may hold such tags itself.
        if (text is ['{' or '`', ..] || reasoningEnd.Match(text) is not { Success: true } end)
            return text;
        var answer = text[(end.Index + end.Length)..].Trim();
        return answer.Length > 0 ? answer : text;
    }

    private static T? Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the value that begins here ends; where it begins if it is no whole value. A failure is found after few bytes or at the nesting limit of 64.</summary>
    private static int EndOf(byte[] bytes, int start)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(start));
        try
        {
            reader.Read();
            reader.Skip();
            return start + (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return start;
        }
    }
}
