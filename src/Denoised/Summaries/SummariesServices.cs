using Denoised.Summaries.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Summaries;

/// <summary>Registers the summarizers of papers.</summary>
public static class SummariesServices
{
    /// <summary>Adds the summarizers of papers.</summary>
    public static IServiceCollection AddSummaries(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<Verifier>();
        services.AddSingleton<ModelSummarizer>();
        services.AddSingleton<IPaperTextSource, FullTextSource>();
        services.AddSingleton<PaperSummarizer>();
        services.AddSingleton<SummaryHandler>();
        return services;
    }
}
