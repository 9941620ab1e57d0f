using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Overviews;

/// <summary>Registers the daily overview.</summary>
public static class OverviewsServices
{
    /// <summary>Adds the daily overview.</summary>
    public static IServiceCollection AddOverviews(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<OverviewTable>();
        services.AddSingleton<OverviewPlan>();
        services.AddSingleton<ModelOverview>();
        services.AddSingleton<OverviewWorker>();
        services.AddSingleton<OverviewGenerator>();
        return services;
    }
}
