using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.TestSupport;

/// <summary>Registers the product's services for tests and benchmarks.</summary>
internal static class ProductServices
{
    /// <summary>Builds the services with settings that make the product fast: no rate limit, no debounce, no full text.</summary>
    /// <param name="connection">The connection string of the storage account.</param>
    /// <param name="arxiv">The address of a simulated arXiv, or null for an address without a server.</param>
    /// <param name="settings">Additional settings, which replace the defaults.</param>
    /// <param name="time">The clock.</param>
    /// <param name="register">Registers additional services.</param>
    public static ServiceProvider Build(
        string connection,
        Uri? arxiv = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? register = null)
    {
        var address = (arxiv ?? new Uri("http://127.0.0.1:1/")).ToString();
        Dictionary<string, string?> defaults = new(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = connection,
            ["Arxiv:FeedAddress"] = address,
            ["Arxiv:ApiAddress"] = address,
            ["Arxiv:PageAddress"] = address,
            ["Arxiv:Categories"] = "cs.LG",
            ["Arxiv:Contact"] = "tests@example.org",
            ["Arxiv:ApiInterval"] = "00:00:00",
            ["Arxiv:PageInterval"] = "00:00:00",
            ["Arxiv:ClockMargin"] = "00:00:00",
            ["Arxiv:Retries"] = "0",
            ["Publishing:MinimumInterval"] = "00:00:00",
            ["Summarizer:FullText"] = "false",
            ["CollectSchedule"] = "0 20 5,13,21 * * *",
        };
        return Build(new ConfigurationBuilder().AddInMemoryCollection(defaults).AddInMemoryCollection(settings), time, register);
    }

    /// <summary>Builds the services with the settings of a process, whose names separate sections with two underscores.</summary>
    public static ServiceProvider BuildFor(IEnumerable<KeyValuePair<string, string>> environment) =>
        Build(new ConfigurationBuilder().AddInMemoryCollection(
            environment.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))));

    private static ServiceProvider Build(IConfigurationBuilder settings, TimeProvider? time = null, Action<IServiceCollection>? register = null)
    {
        var configuration = settings.Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging();
        services.AddDenoised(configuration);
        register?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
