using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Denoised.Storage;

/// <summary>
/// Registers the storage clients for the account that the Functions host also uses: <c>AzureWebJobsStorage</c> is either a
/// connection string, or a section with <c>blobServiceUri</c>, <c>queueServiceUri</c>, <c>tableServiceUri</c>, and optionally
/// <c>credential</c> (<c>managedidentity</c>) and <c>clientId</c>, as defined by the host.
/// Source: https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection.
/// </summary>
public static class StorageServices
{
    private const string Section = "AzureWebJobsStorage";

    /// <summary>Adds the clients, the tables and the queues.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing or invalid; the message names it.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var tableOptions = ConfigureRetries(new TableClientOptions());
        var blobOptions = ConfigureRetries(new BlobClientOptions());

        // The host must use Base64, too: see messageEncoding in host.json.
        var queueOptions = ConfigureRetries(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

        if (configuration[Section] is { Length: > 0 } connectionString)
        {
            // Created eagerly: an invalid connection string fails at startup, not at the first request.
            services.AddSingleton(FromString(() => new TableServiceClient(connectionString, tableOptions)));
            services.AddSingleton(FromString(() => new QueueServiceClient(connectionString, queueOptions)));
            services.AddSingleton(FromString(() => new BlobServiceClient(connectionString, blobOptions)));
        }
        else
        {
            var table = ServiceUri("tableServiceUri");
            var queue = ServiceUri("queueServiceUri");
            var blob = ServiceUri("blobServiceUri");
            services.TryAddSingleton(_ => AzureIdentity.Credential(configuration));
            services.AddSingleton(provider => new TableServiceClient(table, provider.GetRequiredService<TokenCredential>(), tableOptions));
            services.AddSingleton(provider => new QueueServiceClient(queue, provider.GetRequiredService<TokenCredential>(), queueOptions));
            services.AddSingleton(provider => new BlobServiceClient(blob, provider.GetRequiredService<TokenCredential>(), blobOptions));
        }

        services.AddSingleton<StorageSetup>();
        services.AddSingleton<PaperTable>();
        services.AddSingleton<PaperDayTable>();
        services.AddSingleton<ListingTable>();
        services.AddSingleton<SharedLeases>();
        services.AddSingleton<WorkQueues>();
        services.AddSingleton<PoisonMessages>();
        return services;

        Uri ServiceUri(string name) => Uri.TryCreate(configuration[$"{Section}:{name}"], UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException(
                $"The setting {Section} is missing: give it a connection string, or set {Section}__blobServiceUri, {Section}__queueServiceUri and {Section}__tableServiceUri ({Section}__{name} is missing or not an address).");
    }

    /// <summary>
    /// Sets the retry policy. A failed request is retried for some seconds. The network timeout exceeds the service's own timeout (30 s for tables and
    /// queues), and all attempts together end before a paper's lease expires. A retried conditional write may conflict with its own first attempt; every
    /// caller detects this.
    /// </summary>
    private static TOptions ConfigureRetries<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 4;
        options.Retry.Delay = TimeSpan.FromSeconds(0.5);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(8);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        return options;
    }

    private static TClient FromString<TClient>(Func<TClient> make)
        where TClient : class
    {
        TClient? client = null;
        try
        {
            client = make();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // Not used as the inner exception: it quotes the connection string, which may contain the account key.
        }

        return client ?? throw new InvalidOperationException(
            $"The setting {Section} is not a connection string of a storage account, such as UseDevelopmentStorage=true or AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net.");
    }
}
