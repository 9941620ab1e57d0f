using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Collecting;

/// <summary>Registers the collection of listings.</summary>
public static class CollectingServices
{
    /// <summary>Adds the collection of listings.</summary>
    public static IServiceCollection AddCollecting(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<RunTable>();
        services.AddSingleton<SummaryPlan>();
        services.AddSingleton<ListingAnomalies>();
        services.AddSingleton<StoredDays>();
        services.AddSingleton<SampleRecorder>();
        services.AddSingleton<NewPaperRecorder>();
        services.AddSingleton<PaperChangeRecorder>();
        services.AddSingleton<ListingRecorder>();
        services.AddSingleton<ListingReader>();
        services.AddSingleton<MetadataEnrichment>();
        services.AddSingleton<OverviewRepair>();
        services.AddSingleton<Repair>();
        services.AddSingleton<ModelCoverage>();
        services.AddSingleton<CollectionSteps>();
        services.AddSingleton<CollectionMetrics>();
        services.AddSingleton<Collector>();
        services.AddSingleton<CollectionHandler>();
        services.AddSingleton<ExpiredDayPurge>();
        return services;
    }
}
