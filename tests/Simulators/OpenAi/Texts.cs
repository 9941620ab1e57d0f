using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>Corrupts the texts of a response.</summary>
internal static class Texts
{
    /// <summary>The property whose texts come from a fixed list.</summary>
    private const string Tags = "tags";

    public static JsonNode? Change(JsonNode? node, Func<string, string> change) => Change(node, (name, text) => name is "text" or "paragraph" or "sentence" ? change(text) : text);

    /// <summary>Changes every text; the callback receives the property name and the text.</summary>
    public static JsonNode? Change(JsonNode? node, Func<string, string, string> change) => Change(node, "", change);

    /// <summary>Replaces all evidence by a reference to a nonexistent sentence.</summary>
    public static JsonNode? WithoutEvidence(JsonNode? node) => node switch
    {
        JsonObject inner => new JsonObject(inner.Select(property => KeyValuePair.Create(property.Key, property.Key == "evidence" ? new JsonArray(100_000) : WithoutEvidence(property.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutEvidence)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Removes the first property and replaces the value of the next one by a number.</summary>
    public static JsonNode BreakSchema(JsonNode? node)
    {
        if (node is not JsonObject { Count: > 0 } whole)
            return new JsonArray(42);
        var broken = whole.DeepClone().AsObject();
        broken.Remove(broken.First().Key);
        if (broken.Count > 0)
            broken[broken.First().Key] = 42;
        return broken;
    }

    /// <summary>Inserts a number that occurs in no paper.</summary>
    public static string WithInventedNumber(string text)
    {
        var words = text.Split(' ').ToList();
        words.Insert(Math.Min(3, words.Count), "97.3141");
        return string.Join(' ', words);
    }

    private static JsonNode? Change(JsonNode? node, string name, Func<string, string, string> change) => node switch
    {
        JsonObject inner => new JsonObject(inner.Select(property => KeyValuePair.Create(property.Key, Change(property.Value, property.Key, change)))),
        JsonArray list => new JsonArray([.. list.Select(item => Change(item, name, change))]),
        JsonValue value when name != Tags && value.TryGetValue<string>(out var text) => JsonValue.Create(change(name, text)),
        _ => node?.DeepClone(),
    };
}
