using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>
/// Extracts JSON from a model's response. When a server does not enforce a schema, models put the JSON in a Markdown fence, after their reasoning, or
/// between sentences.
/// </summary>
internal static class ModelResponseText
{
    private static readonly LinearRegex reasoningEnd = new("</(think|thinking|thought|reasoning|reflection)>", RegexOptions.IgnoreCase);

    /// <summary>Returns the response as an object of the schema, or null when it contains none.</summary>
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

            // An object that does not match the schema can contain one that does.
            start = answer is not null ? end : open + 1;
        }

        // The last match: drafts precede it in the reasoning. Examples and empty objects also match the schema, but are much shorter.
        var longest = found.Select(candidate => candidate.Length).DefaultIfEmpty().Max();
        return found.FindLast(candidate => candidate.Length * 2 >= longest).Answer;
    }

    /// <summary>Removes the reasoning that some models write before their answer.</summary>
    public static string RemoveReasoning(string content)
    {
        var text = content.Trim();

        // A summary of a paper about reasoning models can contain such tags itself.
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

    /// <summary>
    /// Returns the end of the value that starts at an index; returns the start when the value is incomplete. Fails after a few bytes or at the
    /// nesting limit of 64.
    /// </summary>
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
