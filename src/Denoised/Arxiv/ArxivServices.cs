using System.Net;
using System.Reflection;
using Azure.Data.Tables;
using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.RateLimiting;
using Denoised.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv;

/// <summary>Registers the arXiv client.</summary>
public static class ArxivServices
{
    /// <summary>
    /// Registers <see cref="ArxivOptions"/> (validated at startup), <see cref="DistributedRateLimiter"/> and <see cref="ArxivClient"/>. Requires a
    /// <see cref="TableServiceClient"/>. Registers the system's <see cref="TimeProvider"/> if there is none.
    /// </summary>
    public static IServiceCollection AddArxiv(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.AddKnownSettings<ArxivOptions>(ArxivOptions.Section);
        var section = configuration.GetSection(ArxivOptions.Section);
        services.AddOptions<ArxivOptions>()
            .Bind(section)
            .Configure(options => options.Categories = SplitCategories(section.GetSection(nameof(ArxivOptions.Categories))))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArxivOptions>, ArxivOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new DistributedRateLimiter(
            provider.GetRequiredService<TableServiceClient>().GetTableClient(TableNames.Coordination),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ArxivOptions>>().Value.ClockMargin,
            provider.GetRequiredService<ILogger<DistributedRateLimiter>>()));

        services.AddKnownSettings<CollectOptions>(CollectOptions.Section);
        // By reflection: the validators that [OptionsValidator] generates replace the ErrorMessage of a range by a text of their own.
        services.AddOptions<CollectOptions>().BindConfiguration(CollectOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CollectionSchedule>();
        services.AddSingleton<PageSlots>();

        var client = services.AddHttpClient<ArxivClient>(static (provider, http) =>
        {
            // The rate limit lease bounds the duration of a request, including the response.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent(provider.GetRequiredService<IOptions<ArxivOptions>>().Value.Contact));
        })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                // The client follows redirects itself: each is validated and takes its own lease.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                MaxConnectionsPerServer = 1,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning disable EXTEXP0001 // Automatic retries would bypass the rate limit.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        return services;
    }

    /// <summary>The User-Agent: <c>Denoised/0.1.0 (contact)</c>.</summary>
    internal static string UserAgent(string? contact)
    {
        var version = typeof(ArxivServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        return string.IsNullOrWhiteSpace(contact) ? $"Denoised/{version}" : $"Denoised/{version} ({contact})";
    }

    private static IReadOnlyList<string> SplitCategories(IConfigurationSection section)
    {
        // An array in JSON, or a comma-separated string in flat settings. The binder alone would append an array to the default.
        var items = section.GetChildren().Select(static child => child.Value ?? "").ToList();
        if (items.Count == 0 && section.Value is { } text)
            items = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return items.Count == 0 && string.IsNullOrWhiteSpace(section.Value) ? ArxivOptions.DefaultCategories : items;
    }
}
