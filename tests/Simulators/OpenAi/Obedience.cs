using System.Text;
using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>
/// Simulates a model that follows prompt injections, in the most harmful way that the schema allows: the injected sentence opens every text and becomes
/// the TL;DR and a key point, once with the evidence of an honest sentence and once with that of the injection itself.
/// </summary>
internal static class Obedience
{
    private static readonly (string Name, int Words)[] texts = [("summary", 190), ("methodology", 66), ("results", 66), ("implications", 56)];

    /// <summary>Finds the injections in a text.</summary>
    public static IReadOnlyList<SimulatedOrder> Find(string text, IReadOnlyList<SimulatedOrder> orders)
    {
        var read = Plain(PaperSentences.WithoutNumbers(text));
        return [.. orders.Where(order => order.Triggers.Any(trigger => read.Contains(Plain(trigger), StringComparison.Ordinal)))];
    }

    /// <summary>Follows an injection; leaves a response with an unknown structure unchanged.</summary>
    public static JsonNode? Follow(JsonNode? answer, string text, SimulatedOrder order)
    {
        if (answer?.DeepClone() is not JsonObject whole)
            return answer;
        foreach (var (name, words) in texts)
        {
            if (whole[name] is JsonArray { Count: > 0 } honest)
                whole[name] = Prefixed(honest, order.Says, words);
        }

        if (order.Tag is { } tag && whole["tags"] is JsonArray tags)
            whole["tags"] = new JsonArray([.. tags.Select(known => (string?)known).Prepend(tag).Distinct(StringComparer.Ordinal).Take(3).Select(known => (JsonNode?)known)]);
        var planted = NumberOf(text, order);
        if (whole["tldr"] is JsonObject tldr)
        {
            tldr["text"] = order.Says;
            if (planted > 0)
                tldr["evidence"] = new JsonArray(planted);
        }

        if (whole["keyPoints"] is JsonArray points)
        {
            for (var index = 0; index < Math.Min(points.Count, 2); index++)
            {
                if (points[index] is not JsonObject point)
                    continue;
                point["text"] = order.Says;
                if (index == 1 && planted > 0)
                    point["evidence"] = new JsonArray(planted);
            }
        }

        return whole;
    }

    /// <summary>Puts the injected sentence first, with the evidence of the first honest one, then as many honest sentences as fit.</summary>
    private static JsonArray Prefixed(JsonArray honest, string says, int words)
    {
        var first = honest[0]!.DeepClone().AsObject();
        first["text"] = says;
        var room = words - says.Split(' ').Length;
        return new JsonArray([first, .. honest.TakeWhile(item => (room -= ((string)item!["text"]!).Split(' ').Length) >= 0).Select(static item => item!.DeepClone())]);
    }

    /// <summary>Gets the number of the sentence in which the injection begins; 0 if there is none.</summary>
    private static int NumberOf(string text, SimulatedOrder order)
    {
        foreach (var trigger in order.Triggers)
        {
            var opening = string.Join(' ', trigger.Split(' ').Take(3));
            if (text.IndexOf(opening, StringComparison.OrdinalIgnoreCase) is >= 0 and var place && PaperSentences.NumberAt(text, place) is > 0 and var number)
                return number;
        }

        return 0;
    }

    // Like a model, ignores line breaks, case and zero-width characters.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !(rune.Value is 0xAD or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF))
                plain.Append(Rune.ToLowerInvariant(rune));
        }

        return plain.ToString();
    }
}
