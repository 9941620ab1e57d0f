using System.Diagnostics;
using System.Diagnostics.Metrics;
using Denoised.Summaries;

namespace Denoised;

/// <summary>
/// What the product tells about itself, through OpenTelemetry where an exporter is configured. The workbook and the alerts of <c>infra/</c>
/// ask for these names.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Denoised";

    private static readonly Meter meter = new(Name);

    /// <summary>One trace a paper, <c>summarize</c>, with the steps <c>permit</c>, <c>fetch</c>, <c>model</c>, <c>checks</c> and <c>store</c>; and one a look at a day, <c>glance</c>, with the last three.</summary>
    internal static ActivitySource Traces { get; } = new(Name);

    /// <summary>Papers recorded from a listing.</summary>
    internal static Counter<long> Announced { get; } = meter.CreateCounter<long>("denoised.papers.announced", "{paper}");

    /// <summary>Papers whose summary is final; <c>method</c>: model or extractive.</summary>
    internal static Counter<long> Summarized { get; } = meter.CreateCounter<long>("denoised.papers.summarized", "{paper}");

    /// <summary>Papers that were given up after every attempt.</summary>
    internal static Counter<long> Failed { get; } = meter.CreateCounter<long>("denoised.papers.failed", "{paper}");

    /// <summary>Share of the newest day's papers that have no summary by the configured model, from six hours after its listing was read; measured at each collection.</summary>
    internal static Gauge<double> ExtractiveShare { get; } = meter.CreateGauge<double>("denoised.papers.extractive", "1");

    /// <summary>Messages completed without their work; by <c>queue</c>, and by <c>reason</c>: poisoned or unreadable.</summary>
    internal static Counter<long> Discarded { get; } = meter.CreateCounter<long>("denoised.messages.discarded", "{message}");

    /// <summary>Tokens; <c>kind</c>: in (without the cached ones), cached, out (without the reasoning ones), reasoning.</summary>
    internal static Counter<long> Tokens { get; } = meter.CreateCounter<long>("denoised.tokens", "{token}");

    /// <summary>What these tokens cost by the prices in the settings, in US dollars.</summary>
    internal static Counter<double> Cost { get; } = meter.CreateCounter<double>("denoised.cost", "USD");

    /// <summary>Collections that read all that was to be read, also where arXiv announced nothing.</summary>
    internal static Counter<long> CollectionsCompleted { get; } = meter.CreateCounter<long>("denoised.collection.completed", "{collection}");

    /// <summary>Seconds from a call of the model to its answer; <c>outcome</c>: how it ended.</summary>
    internal static Histogram<double> ModelDuration { get; } = meter.CreateHistogram<double>("denoised.model.duration", "s");

    /// <summary>Hours from arXiv's announcement of a listing to its first papers recorded.</summary>
    internal static Gauge<double> ListingLag { get; } = meter.CreateGauge<double>("denoised.listing.lag", "h");

    /// <summary>Hours for which the site has not shown the newest change of a day; 0 where it shows all. Measured at each collection.</summary>
    internal static Gauge<double> PublicationLag { get; } = meter.CreateGauge<double>("denoised.publication.lag", "h");

    /// <summary>Seconds that the oldest visible message has waited, by <c>queue</c>; told at each collection.</summary>
    internal static Gauge<double> OldestMessage { get; } = meter.CreateGauge<double>("denoised.queue.oldest", "s");

    /// <summary>Counts what a call used.</summary>
    internal static void Count(TokenUsage usage, decimal cost)
    {
        Tokens.Add(usage.In - usage.Cached, new KeyValuePair<string, object?>("kind", "in"));
        Tokens.Add(usage.Cached, new KeyValuePair<string, object?>("kind", "cached"));
        Tokens.Add(usage.Out - usage.Reasoning, new KeyValuePair<string, object?>("kind", "out"));
        Tokens.Add(usage.Reasoning, new KeyValuePair<string, object?>("kind", "reasoning"));
        Cost.Add((double)cost);
    }
}
