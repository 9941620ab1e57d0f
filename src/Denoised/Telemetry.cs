using System.Diagnostics;
using System.Diagnostics.Metrics;
using Denoised.Model;

namespace Denoised;

/// <summary>
/// Traces and metrics, exported by OpenTelemetry if an exporter is configured. The workbook and the alerts in <c>infra/</c> query these names.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Denoised";

    private static readonly Meter meter = new(Name);

    /// <summary>
    /// Traces. One per paper, <c>summarize</c>, with the steps <c>permit</c>, <c>fetch</c>, <c>model</c>, <c>checks</c> and <c>store</c>. One per
    /// daily overview, <c>overview</c>, with the last three.
    /// </summary>
    internal static ActivitySource Traces { get; } = new(Name);

    /// <summary>Papers recorded from a listing.</summary>
    internal static Counter<long> Announced { get; } = meter.CreateCounter<long>("denoised.papers.announced", "{paper}");

    /// <summary>Papers with a final summary, by <c>method</c>: model or extractive.</summary>
    internal static Counter<long> Summarized { get; } = meter.CreateCounter<long>("denoised.papers.summarized", "{paper}");

    /// <summary>Papers that failed after all attempts.</summary>
    internal static Counter<long> Failed { get; } = meter.CreateCounter<long>("denoised.papers.failed", "{paper}");

    /// <summary>
    /// The share of the newest day's papers without a summary by the configured model, from six hours after the listing was read; measured at each
    /// collection.
    /// </summary>
    internal static Gauge<double> ExtractiveShare { get; } = meter.CreateGauge<double>("denoised.papers.extractive", "1");

    /// <summary>Messages deleted without being processed, by <c>queue</c> and <c>reason</c>: poisoned or unreadable.</summary>
    internal static Counter<long> Discarded { get; } = meter.CreateCounter<long>("denoised.messages.discarded", "{message}");

    /// <summary>Tokens by <c>kind</c>: in (excluding cached), cached, out (excluding reasoning), reasoning.</summary>
    internal static Counter<long> Tokens { get; } = meter.CreateCounter<long>("denoised.tokens", "{token}");

    /// <summary>The cost of these tokens at the configured prices, in US dollars.</summary>
    internal static Counter<double> Cost { get; } = meter.CreateCounter<double>("denoised.cost", "USD");

    /// <summary>Collections that read everything due, including those for which arXiv announced nothing.</summary>
    internal static Counter<long> CollectionsCompleted { get; } = meter.CreateCounter<long>("denoised.collection.completed", "{collection}");

    /// <summary>The duration of model calls in seconds, by <c>outcome</c>.</summary>
    internal static Histogram<double> ModelDuration { get; } = meter.CreateHistogram<double>("denoised.model.duration", "s");

    /// <summary>Hours from arXiv's announcement of a listing until its first papers are recorded.</summary>
    internal static Gauge<double> ListingLag { get; } = meter.CreateGauge<double>("denoised.listing.lag", "h");

    /// <summary>Hours for which the newest change of a day has been unpublished; 0 if the site is up to date. Measured at each collection.</summary>
    internal static Gauge<double> PublicationLag { get; } = meter.CreateGauge<double>("denoised.publication.lag", "h");

    /// <summary>The age of the oldest visible message in seconds, by <c>queue</c>; measured at each collection.</summary>
    internal static Gauge<double> OldestMessage { get; } = meter.CreateGauge<double>("denoised.queue.oldest", "s");

    /// <summary>Records the tokens and the cost of a model call.</summary>
    internal static void Count(TokenUsage usage, decimal cost)
    {
        Tokens.Add(usage.Input - usage.Cached, new KeyValuePair<string, object?>("kind", "input"));
        Tokens.Add(usage.Cached, new KeyValuePair<string, object?>("kind", "cached"));
        Tokens.Add(usage.Output - usage.Reasoning, new KeyValuePair<string, object?>("kind", "output"));
        Tokens.Add(usage.Reasoning, new KeyValuePair<string, object?>("kind", "reasoning"));
        Cost.Add((double)cost);
    }
}
