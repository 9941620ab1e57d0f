using System.Text.Json;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>The token usage of a call.</summary>
/// <param name="Input">Input tokens, including cached ones.</param>
/// <param name="Cached">Input tokens that the service read from its cache.</param>
/// <param name="Output">Output tokens, including reasoning.</param>
/// <param name="Reasoning">Output tokens spent on reasoning.</param>
public readonly record struct TokenUsage(int Input, int Cached, int Output, int Reasoning)
{
    // Higher than the limit of any current model. A broken server's count must not use up the budget.
    private const int MaxTokens = 10_000_000;

    private static readonly string[] sentNames = ["prompttokens", "inputtokens", "promptevalcount", "prompttokencount"];
    private static readonly string[] receivedNames = ["completiontokens", "outputtokens", "evalcount", "candidatestokencount"];
    private static readonly string[] sentDetails = ["prompttokensdetails", "inputtokensdetails"];
    private static readonly string[] receivedDetails = ["completiontokensdetails", "outputtokensdetails"];

    /// <summary>Whether tokens were counted locally, because the service did not report all of them.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Input and output tokens.</summary>
    public int Total => Input + Output;

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) =>
        new(
            left.Input + right.Input,
            left.Cached + right.Cached,
            left.Output + right.Output,
            left.Reasoning + right.Reasoning) { IsEstimated = left.IsEstimated || right.IsEstimated };

    /// <summary>The cost in US dollars at the configured prices.</summary>
    public decimal Cost(SummarizerOptions prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return (((Input - Cached) * (decimal)prices.InputPricePerMillion) + (Cached * (decimal)prices.CachedInputPricePerMillion)
            + (Output * (decimal)prices.OutputPricePerMillion)) / 1_000_000m;
    }

    /// <summary>
    /// Reads a server's usage report, under any of the common property names. Counts that are missing, or zero despite text, are computed locally
    /// (o200k).
    /// </summary>
    /// <param name="usage">The report, if there is one.</param>
    /// <param name="request">The request.</param>
    /// <param name="received">All text in the response.</param>
    internal static TokenUsage Read(JsonElement? usage, ChatRequest request, string received)
    {
        var sent = Count(usage, sentNames);
        var answered = Count(usage, receivedNames);
        var total = Count(usage, ["totaltokens"]) ?? 0;
        if (sent is not > 0 && answered > 0 && total > answered)
            sent = total - answered;
        if (answered is null && sent > 0 && total >= sent)
            answered = total - sent;

        // A server that has the whole prompt in its cache may report zero.
        var isSentKnown = sent > 0;
        var isAnswerKnown = answered > 0 || (answered == 0 && received.Length == 0);
        var (inputTokens, outputTokens) = (isSentKnown ? sent!.Value : Estimate(request), isAnswerKnown ? answered!.Value : TokenCounter.Count(received));
        return new TokenUsage(
            inputTokens,
            Math.Min(Count(Find(usage, sentDetails), ["cachedtokens"]) ?? Count(usage, ["promptcachehittokens"]) ?? 0, inputTokens),
            outputTokens,
            Math.Min(Count(Find(usage, receivedDetails), ["reasoningtokens"]) ?? 0, outputTokens))
        {
            IsEstimated = !isSentKnown || !isAnswerKnown,
        };
    }

    /// <summary>Counts the texts and the schema. Ignores the few tokens that a chat template adds between messages.</summary>
    private static int Estimate(ChatRequest request) =>
        request.Messages.Sum(message => TokenCounter.Count(message.Content))
        + (request.ResponseFormat?.Schema is { } named ? TokenCounter.Count(named.Schema.ToJsonString()) : 0);

    private static int? Count(JsonElement? json, string[] names) => LenientJson.Count(Find(json, names), MaxTokens);

    /// <summary>The first property with one of these names, in snake case or camel case.</summary>
    private static JsonElement? Find(JsonElement? json, string[] names)
    {
        if (json is not { ValueKind: JsonValueKind.Object } report)
            return null;
        foreach (var property in report.EnumerateObject())
        {
            var name = property.Name.Replace("_", "", StringComparison.Ordinal);
            if (property.Value.ValueKind != JsonValueKind.Null && names.Contains(name, StringComparer.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }
}
