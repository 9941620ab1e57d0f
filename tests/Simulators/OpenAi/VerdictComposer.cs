using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>Composes verdicts on pairs of a sentence and its quotes.</summary>
internal static class VerdictComposer
{
    /// <summary>Composes one verdict per pair, in order.</summary>
    /// <param name="prompt">The user message with the pairs.</param>
    /// <param name="verdictFor">Provides the verdict on a pair; if null, all are supported.</param>
    public static JsonNode Compose(string prompt, Func<string, IReadOnlyList<string>, string>? verdictFor)
    {
        var pairs = new List<(string Sentence, List<string> Quotes)>();
        foreach (var line in prompt.Split('\n'))
        {
            if (line.StartsWith("sentence: ", StringComparison.Ordinal))
                pairs.Add((line["sentence: ".Length..], []));
            else if (line.StartsWith("quote: ", StringComparison.Ordinal) && pairs.Count > 0)
                pairs[^1].Quotes.Add(line["quote: ".Length..]);
        }

        return new JsonObject { ["verdicts"] = new JsonArray([.. pairs.Select(pair => (JsonNode)(verdictFor?.Invoke(pair.Sentence, pair.Quotes) ?? "supported"))]) };
    }
}
