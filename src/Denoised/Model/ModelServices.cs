using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Model;

/// <summary>Registers the client of the language model, its rate limiter and its token budget.</summary>
public static class ModelServices
{
    /// <summary>Adds the client of the language model, its rate limiter and its token budget.</summary>
    public static IServiceCollection AddModel(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddKnownSettings<SummarizerOptions>(SummarizerOptions.Section);
        services.AddOptions<SummarizerOptions>().BindConfiguration(SummarizerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModelClient>();
        services.AddSingleton<ModelRateLimiter>();
        services.AddSingleton<TokenBudget>();
        services.AddSingleton<BudgetedModelClient>();
        return services;
    }
}
