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
        services.AddSingleton<ListingDoubts>();
        services.AddSingleton<ListingRecorder>();
        services.AddSingleton<ListingReader>();
        services.AddSingleton<Enrichment>();
        services.AddSingleton<Repair>();
        services.AddSingleton<ModelCoverage>();
        services.AddSingleton<Collector>();
        services.AddSingleton<CollectRequests>();
        services.AddSingleton<Retention>();
        return services;
    }
}
