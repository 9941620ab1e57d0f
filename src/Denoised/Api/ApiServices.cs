using Denoised.Api.Mcp;
using Denoised.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Api;

/// <summary>Registers what the HTTP functions answer with.</summary>
public static class ApiServices
{
    /// <summary>Adds what the HTTP functions answer with.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<ApiGuard>();
        services.AddSingleton<ResponseCache>();
        services.AddSingleton<DaySummaries>();
        services.AddSingleton<PapersApi>();
        services.AddSingleton<PublishedEdition>();
        services.AddSingleton<RelatedApi>();
        services.AddSingleton<SearchApi>();
        services.AddSingleton<FeedApi>();
        services.AddSingleton<ExportApi>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<ModelStatusReader>();
        services.AddSingleton<MessageStatusReader>();
        services.AddSingleton<StatusApi>();
        services.AddSingleton<OperatorApi>();
        services.AddSingleton<OpenApi>();
        services.AddSingleton<ApiCaller>();
        services.AddSingleton<McpTools>();
        services.AddSingleton<McpResources>();
        services.AddSingleton<McpApi>();
        return services;
    }
}
