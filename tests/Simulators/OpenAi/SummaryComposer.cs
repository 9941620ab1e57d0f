using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>
/// Composes JSON for any schema from a text. Known properties (tags, TL;DR, key points, and summary, methodology, results and implications as lists of texts
/// with the numbers of their evidence sentences) are filled like a careful model would, with the text's own sentences but never two consecutive ones;
/// all others are filled by type.
/// </summary>
internal sealed partial class SummaryComposer
{
    /// <summary>The maximum number of consecutive words copied from the paper.</summary>
    private const int LongestRun = 35;

    private readonly JsonElement root;
    private readonly IReadOnlyList<PaperSentence> sentences;
    private readonly string text;
    private readonly int keyPoints;
    private readonly IReadOnlySet<string> nulls;
    private readonly List<PaperSentence> points;
    private readonly PaperSentence? mainResult;

    private SummaryComposer(JsonElement schema, string prompt, int keyPoints, IReadOnlySet<string> nulls)
    {
        root = schema;
        text = prompt;
        // Like a careful model, uses each sentence once, even if the text repeats it.
        sentences = [.. PaperSentences.Read(prompt).Select(static s => s with { Text = ThirdPerson.Of(s.Text) }).DistinctBy(static s => s.Text, StringComparer.Ordinal)];
        this.keyPoints = keyPoints;
        this.nulls = nulls;
        points = [.. sentences.OrderByDescending(static s => Score(s)).ThenBy(static s => s.Position).Take(keyPoints).OrderBy(static s => s.Position)];
        mainResult = sentences.Where(static s => s.Words <= 40 && ResultCue().IsMatch(s.Text)).OrderByDescending(static s => s.HasDigit).ThenByDescending(static s => s.Position).FirstOrDefault()
            ?? sentences.OrderByDescending(static s => s.HasDigit).FirstOrDefault();
    }

    /// <summary>Composes the response.</summary>
    /// <param name="schema">The requested JSON schema.</param>
    /// <param name="prompt">The user message with the text.</param>
    /// <param name="keyPoints">The number of items in object arrays.</param>
    /// <param name="nulls">Properties to set to null if the schema allows it.</param>
    public static JsonNode? Compose(JsonElement schema, string prompt, int keyPoints, IReadOnlySet<string> nulls) =>
        new SummaryComposer(schema, prompt, keyPoints, nulls).Fill("", schema, null);

    /// <summary>Shortens a sentence to 7 to 20 words.</summary>
    internal static string Claim(PaperSentence sentence)
    {
        var words = sentence.Text.Split(' ');
        var count = Math.Min(words.Length, 20);
        if (words.Length > 20)
        {
            // Cuts at a comma if there is one, and never after a word that requires a successor.
            var comma = Array.FindLastIndex(words, 19, 11, static word => word[^1] is ',' or ';');
            count = comma >= 6 ? comma + 1 : 19;
            while (count > 8 && Dangling().IsMatch(words[count - 1]))
                count--;
        }

        return string.Join(' ', words.Take(count)).TrimEnd(',', ';', ':', '.') + ".";
    }

    private JsonNode? Fill(string name, JsonElement schema, PaperSentence? point)
    {
        schema = Resolve(schema);
        var types = StrictSchema.Types(schema);
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var options = choices.EnumerateArray().ToList();
            var isNull = options.FindIndex(static o => StrictSchema.Types(o).Contains("null", StringComparer.Ordinal));
            if (isNull >= 0 && nulls.Contains(name))
                return null;
            return Fill(name, options.Where((_, i) => i != isNull).First(), point);
        }

        var nullable = types.Contains("null", StringComparer.Ordinal);
        if (nullable && nulls.Contains(name))
            return null;
        if (schema.TryGetProperty("const", out var constant))
            return JsonNode.Parse(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var values))
            return JsonNode.Parse(Fitting(values.EnumerateArray().ToList(), 1)[0].GetRawText());
        return types.FirstOrDefault(static t => t != "null") switch
        {
            "object" => FillObject(schema, name == "tldr" ? Tldr : point),
            "array" => FillArray(name, schema, point, nullable),
            "string" => Text(point) is { } found ? JsonValue.Create(found) : nullable ? null : JsonValue.Create(""),
            "integer" or "number" => JsonValue.Create(1),
            "boolean" => JsonValue.Create(false),
            _ => null,
        };
    }

    private JsonObject FillObject(JsonElement schema, PaperSentence? point)
    {
        var filled = new JsonObject();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
            filled[property.Name] = Fill(property.Name, property.Value, point);
        return filled;
    }

    private JsonArray? FillArray(string name, JsonElement schema, PaperSentence? point, bool nullable)
    {
        var items = Resolve(schema.GetProperty("items"));
        if (items.TryGetProperty("enum", out var values))
            return new JsonArray([.. Fitting(values.EnumerateArray().ToList(), 3).Select(static v => JsonNode.Parse(v.GetRawText()))]);
        if (StrictSchema.Types(items).Contains("integer", StringComparer.Ordinal))
            return point is null ? new JsonArray() : new JsonArray(point.Number);
        var chosen = ProseOf(name) ?? [.. points.Select(static point => point with { Text = Claim(point) })];
        return chosen.Count == 0 && nullable ? null : new JsonArray([.. chosen.Select(sentence => Fill("text", items, sentence))]);
    }

    // A sentence that is no key point, if there is one: a careful model says nothing twice.
    private PaperSentence Tldr =>
        sentences.Except(points).Where(static s => s.Words >= 8).OrderByDescending(static s => AimCue().IsMatch(s.Text)).ThenByDescending(static s => Score(s)).ThenBy(static s => s.Position).FirstOrDefault() is { } main
            ? main with { Text = Claim(main) }
            : new PaperSentence("", 0, 0);

    private string? Text(PaperSentence? sentence) => (sentence ?? (sentences.Count > 0 ? sentences[0] : null))?.Text;

    private List<PaperSentence>? ProseOf(string name) => name switch
    {
        "summary" => Prose(static _ => 0, 115, 195),
        "methodology" => Prose(static s => MethodCue().IsMatch(s.Text) ? 1 : 0, 33, 68),
        "results" => Prose(s => s == mainResult ? 2 : ResultCue().IsMatch(s.Text) ? 1 : 0, 28, 68),
        "implications" => Prose(static s => ImplicationCue().IsMatch(s.Text) ? 1 : 0, 28, 58),
        _ => null,
    };

    // Whole sentences, best matches first; truncates one if no whole one fits. Reordered: a digest does not repeat consecutive passages.
    private List<PaperSentence> Prose(Func<PaperSentence, int> fits, int least, int most)
    {
        var chosen = new List<PaperSentence>();
        var words = 0;
        foreach (var sentence in sentences.Where(static s => s.Words <= LongestRun).OrderByDescending(fits).ThenBy(static s => s.Position))
        {
            if (words >= least)
                break;
            if (words + sentence.Words <= most)
            {
                chosen.Add(sentence);
                words += sentence.Words;
            }
        }

        List<PaperSentence> prose = [.. Interleaved([.. chosen.OrderBy(static s => s.Position)])];
        if (words < least && sentences.Except(chosen).OrderByDescending(fits).FirstOrDefault() is { } rest)
            prose.Insert(0, rest with { Text = string.Join(' ', rest.Text.Split(' ').Take(Math.Min(most - words, LongestRun))).TrimEnd(',', ';', ':', '.') + "." });
        return prose;
    }

    // Every second sentence, then the skipped ones: no sentence follows its predecessor in the text.
    private static IEnumerable<PaperSentence> Interleaved(List<PaperSentence> ordered) =>
        ordered.Count == 2 ? [ordered[1], ordered[0]] : ordered.Where(static (_, i) => i % 2 == 0).Concat(ordered.Where(static (_, i) => i % 2 == 1));

    // The values whose words occur most often in the text; at least one.
    private List<JsonElement> Fitting(List<JsonElement> values, int most)
    {
        var ranked = values
            .Select((value, i) => (Value: value, Index: i, Count: value.ValueKind == JsonValueKind.String ? Occurrences(value.GetString()!) : 0))
            .OrderByDescending(static v => v.Count).ThenBy(static v => v.Index).ToList();
        var found = ranked.Where(static v => v.Count > 0).Take(most).Select(static v => v.Value).ToList();
        return found.Count > 0 ? found : [ranked[0].Value];
    }

    private int Occurrences(string value)
    {
        var words = value.Split([' ', '&'], StringSplitOptions.RemoveEmptyEntries).Where(static w => w.Length > 2).Select(static w => w.TrimEnd('s')).ToList();
        return words.Count == 0 ? 0 : words.Min(word => Regex.Count(text, $@"\b{Regex.Escape(word)}", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2)));
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = root;
            foreach (var step in reference.GetString()!.Split('/').Skip(1))
                schema = schema.GetProperty(step);
        }

        return schema;
    }

    private static int Score(PaperSentence sentence) =>
        (sentence.HasDigit ? 2 : 0) + (ResultCue().IsMatch(sentence.Text) ? 2 : 0) + (MethodCue().IsMatch(sentence.Text) ? 1 : 0) + (sentence.Words is >= 8 and <= 30 ? 2 : 0);

    [GeneratedRegex(@"\b((we|authors) (propose|introduce|present|use|train|apply|develop|design|optimi[sz]e)|method|approach|framework|algorithm|procedure|architecture|train(ed|ing)?|using)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex MethodCue();

    [GeneratedRegex(@"\b(propose|introduce|present|study|compare|ask|investigate|develop|derive)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex AimCue();

    [GeneratedRegex(@"\b(achiev\w+|outperform\w*|improv\w+|reach\w*|results?|reduc\w+|accuracy|gain\w*|percent|show(s|n)?|demonstrat\w+|experiments?)\b|%", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex ResultCue();

    [GeneratedRegex(@"\b(suggest\w*|impl(y|ies|ication\w*)|future|limitations?|enabl\w+|could|open\w*|potential|practical|important|highlight\w*|provid\w+)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex ImplicationCue();

    [GeneratedRegex(@"^(a|an|the|of|and|or|in|on|at|to|for|with|by|from|that|which|as|than|is|are|its|their|our|we|but|this|these)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Dangling();
}
