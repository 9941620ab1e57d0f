using Denoised.Publishing.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Publishing;

/// <summary>Registers the publisher of snapshots, pages and feeds.</summary>
public static class PublishingServices
{
    /// <summary>Adds the publisher of snapshots, pages and feeds.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddKnownSettings<PublishingOptions>(PublishingOptions.Section);
        services.AddOptions<PublishingOptions>().BindConfiguration(PublishingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SiteContainer>();
        services.AddSingleton<PublishedPapers>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<SiteIndexFile>();
        services.AddSingleton<SiteIndexBuilder>();
        services.AddSingleton<DayReader>();
        services.AddSingleton<OverviewScheduler>();
        services.AddSingleton<EditionWriter>();
        services.AddSingleton<DayPublisher>();
        services.AddSingleton<PublishHandler>();
        services.AddSingleton<SitePublisher>();
        return services;
    }
}
