using Denoised.Api;
using Denoised.Arxiv;
using Denoised.Collecting;
using Denoised.Delivery;
using Denoised.Model;
using Denoised.Overviews;
using Denoised.PaperText;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Denoised;

/// <summary>Registers all services. An invalid setting fails the startup with a message that names it.</summary>
public static class DenoisedServices
{
    /// <summary>Adds all services that the functions use.</summary>
    public static IServiceCollection AddDenoised(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);

        // This category logs request URLs, including the function key in `?code=`.
        services.AddLogging(static logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            // These categories log several lines per request. Traces and metrics already cover them.
            .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));
        services.AddHostedService<UnknownSettings>();
        services.AddStorage(configuration);
        services.AddArxiv(configuration);
        services.AddPaperText();
        services.AddModel();
        services.AddSummaries();
        services.AddOverviews();
        services.AddPublishing();
        services.AddDelivery();
        services.AddCollecting();
        services.AddApi();
        return services;
    }
}
