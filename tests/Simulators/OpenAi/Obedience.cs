using System.Text;
using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>
/// Makes of an answer what a model would that obeys whatever it reads, in the most harmful way that the schema leaves: the demanded sentence opens every text, stands as a claim
/// behind an honest quote and behind the order itself as quote, and as the name of the section.
/// </summary>
internal static class Obedience
{
    private static readonly (string Name, int Words)[] texts = [("summary", 190), ("methodology", 66), ("results", 66), ("implications", 56)];

    /// <summary>The orders that a text holds.</summary>
    public static IReadOnlyList<SimulatedOrder> Find(string text, IReadOnlyList<SimulatedOrder> orders)
    {
        var read = Plain(text);
        return [.. orders.Where(order => order.Triggers.Any(trigger => read.Contains(Plain(trigger), StringComparison.Ordinal)))];
    }

    /// <summary>Follows an order; an answer of another form stays as it is.</summary>
    public static JsonNode? Follow(JsonNode? answer, string text, SimulatedOrder order)
    {
        if (answer?.DeepClone() is not JsonObject whole)
            return answer;
        var read = Plain(text);
        var trigger = order.Triggers.FirstOrDefault(candidate => read.Contains(Plain(candidate), StringComparison.Ordinal)) ?? order.Triggers[0];
        foreach (var (name, words) in texts)
        {
            if (whole[name] is JsonValue value && value.TryGetValue<string>(out var honest))
                whole[name] = string.Join(' ', $"{order.Says} {honest}".Split(' ').Take(words));
        }

        whole["resultsQuote"] = trigger;
        if (order.Tag is { } tag && whole["tags"] is JsonArray tags)
            whole["tags"] = new JsonArray([.. tags.Select(known => (string?)known).Prepend(tag).Distinct(StringComparer.Ordinal).Take(3).Select(known => (JsonNode?)known)]);
        if (whole["keyPoints"] is JsonArray points)
        {
            for (var index = 0; index < points.Count; index++)
            {
                if (points[index] is not JsonObject point)
                    continue;
                point["section"] = order.Says;
                if (index < 2)
                    point["claim"] = order.Says;
                if (index == 1)
                    point["quote"] = trigger;
            }
        }

        return whole;
    }

    // As a model reads it: line breaks, case and what has no width do not matter.
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
