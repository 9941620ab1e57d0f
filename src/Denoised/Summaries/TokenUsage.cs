using System.Text.Json;

namespace Denoised.Summaries;

/// <summary>Tokens that a call used.</summary>
/// <param name="In">Sent, the cached ones among them.</param>
/// <param name="Cached">Sent, and cached by the service.</param>
/// <param name="Out">Received, the reasoning ones among them.</param>
/// <param name="Reasoning">Received as reasoning.</param>
public readonly record struct TokenUsage(int In, int Cached, int Out, int Reasoning)
{
    // More than any of today's models takes or gives; a broken server's count must not use up the budget of years.
    private const int MaxTokens = 10_000_000;

    private static readonly string[] sentNames = ["prompttokens", "inputtokens", "promptevalcount", "prompttokencount"];
    private static readonly string[] receivedNames = ["completiontokens", "outputtokens", "evalcount", "candidatestokencount"];
    private static readonly string[] sentDetails = ["prompttokensdetails", "inputtokensdetails"];
    private static readonly string[] receivedDetails = ["completiontokensdetails", "outputtokensdetails"];

    /// <summary>Whether the service did not report them (or not all), so that they were counted here.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>All of them.</summary>
    public int Total => In + Out;

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) =>
        new(left.In + right.In, left.Cached + right.Cached, left.Out + right.Out, left.Reasoning + right.Reasoning) { IsEstimated = left.IsEstimated || right.IsEstimated };

    /// <summary>The cost in US dollars at the prices of the settings.</summary>
    public decimal Cost(SummarizerOptions prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return (((In - Cached) * (decimal)prices.InputPricePerMillion) + (Cached * (decimal)prices.CachedInputPricePerMillion) + (Out * (decimal)prices.OutputPricePerMillion)) / 1_000_000m;
    }

    /// <summary>What a server reports, under any of the names in use. What it does not report, or reports as nothing although there was text, is counted here (o200k).</summary>
    /// <param name="usage">The report, if there is one.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="received">All text that was received.</param>
    internal static TokenUsage Read(JsonElement? usage, ChatRequest request, string received)
    {
        var sent = Count(usage, sentNames);
        var answered = Count(usage, receivedNames);
        var total = Count(usage, ["totaltokens"]) ?? 0;
        if (sent is not > 0 && answered > 0 && total > answered)
            sent = total - answered;
        if (answered is null && sent > 0 && total >= sent)
            answered = total - sent;

        // A server whose cache holds the whole prompt may report it as zero.
        var isSentKnown = sent > 0;
        var isAnswerKnown = answered > 0 || (answered == 0 && received.Length == 0);
        var (tokensIn, tokensOut) = (isSentKnown ? sent!.Value : Estimate(request), isAnswerKnown ? answered!.Value : TextSelection.Count(received));
        return new TokenUsage(
            tokensIn,
            Math.Min(Count(Find(usage, sentDetails), ["cachedtokens"]) ?? Count(usage, ["promptcachehittokens"]) ?? 0, tokensIn),
            tokensOut,
            Math.Min(Count(Find(usage, receivedDetails), ["reasoningtokens"]) ?? 0, tokensOut))
        {
            IsEstimated = !isSentKnown || !isAnswerKnown,
        };
    }

    /// <summary>Texts and schema; the marks that a template puts between messages are few.</summary>
    private static int Estimate(ChatRequest request) =>
        request.Messages.Sum(message => TextSelection.Count(message.Content)) + (request.ResponseFormat?.Schema is { } named ? TextSelection.Count(named.Schema.ToJsonString()) : 0);

    private static int? Count(JsonElement? json, string[] names) => LenientJson.Count(Find(json, names), MaxTokens);

    /// <summary>The first property of one of these names, whether they are written with underscores or in camel case.</summary>
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
