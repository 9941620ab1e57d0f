using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Overviews;

/// <summary>Registers the daily overview.</summary>
public static class OverviewsServices
{
    /// <summary>Adds the daily overview.</summary>
    public static IServiceCollection AddOverviews(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<GlanceTable>();
        services.AddSingleton<GlancePlan>();
        services.AddSingleton<ModelGlance>();
        services.AddSingleton<DayGlancer>();
        return services;
    }
}
