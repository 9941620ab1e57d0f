using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>Answers a request for verdicts on pairs of a sentence and its quotes.</summary>
internal static class VerdictComposer
{
    /// <summary>One verdict a pair, in their order.</summary>
    /// <param name="prompt">The user's message with the pairs.</param>
    /// <param name="verdictFor">The verdict on a pair; null: all are supported.</param>
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
