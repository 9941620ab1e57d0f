using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Denoised.Publisher;

/// <summary>Where the page is published.</summary>
/// <param name="Blobs">The account's blobs.</param>
/// <param name="Queues">The account's queues; messages are Base64, as the functions read them.</param>
/// <param name="SiteAddress">The page's address, where known.</param>
internal sealed record DeploymentTarget(BlobServiceClient Blobs, QueueServiceClient Queues, Uri? SiteAddress)
{
    /// <summary>
    /// A storage emulator, or an account with keys. Read only where azd's endpoints are not set. Not AZURE_STORAGE_CONNECTION_STRING: the Azure CLI
    /// reads that, so that it often names another account.
    /// </summary>
    public const string ConnectionVariable = "DENOISED_STORAGE_CONNECTION_STRING";

    /// <summary>Output of the template.</summary>
    public const string BlobVariable = "AZURE_STORAGE_BLOB_ENDPOINT";

    /// <summary>Output of the template.</summary>
    public const string QueueVariable = "AZURE_STORAGE_QUEUE_ENDPOINT";

    /// <summary>Output of the template.</summary>
    public const string SiteVariable = "DENOISED_SITE_ADDRESS";

    /// <summary>Reads the target from environment variables.</summary>
    /// <exception cref="InvalidOperationException">One is missing or no address; the message names it.</exception>
    public static DeploymentTarget Read(Func<string, string?> variable)
    {
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var site = variable(SiteVariable) is { Length: > 0 } ? Address(SiteVariable, "https", "http") : null;
        var hasEndpoint = variable(BlobVariable) is { Length: > 0 } || variable(QueueVariable) is { Length: > 0 };
        if (!hasEndpoint && variable(ConnectionVariable) is { Length: > 0 } connection)
            return FromString(connection, queueOptions, site);

        var credential = Credential();
        return new DeploymentTarget(new BlobServiceClient(Account(BlobVariable), credential), new QueueServiceClient(Account(QueueVariable), credential, queueOptions), site);

        // With a container behind it, every request would go to blobs inside of that container.
        Uri Account(string name) => Address(name, "https") is { AbsolutePath: "/" } account
            ? account
            : throw new InvalidOperationException($"The variable {name} must be the address of a storage account, without a path.");

        Uri Address(string name, params string[] schemes) => Uri.TryCreate(variable(name), UriKind.Absolute, out var address) && schemes.Contains(address.Scheme, StringComparer.Ordinal)
            ? address
            : throw new InvalidOperationException(
                $"The variable {name} {(string.IsNullOrEmpty(variable(name)) ? "is missing" : $"must be an address that begins with {schemes[0]}://")}. 'azd deploy' sets it; outside of it, 'azd env get-values' shows it. For a storage emulator set {ConnectionVariable} instead.");
    }

    private static DeploymentTarget FromString(string connection, QueueClientOptions queueOptions, Uri? site)
    {
        try
        {
            return new DeploymentTarget(new BlobServiceClient(connection), new QueueServiceClient(connection, queueOptions), site);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // Not passed on: it quotes the string, which may hold the account's key.
        }

        throw new InvalidOperationException($"The variable {ConnectionVariable} is not a connection string of a storage account.");
    }

    /// <summary>Whoever is signed in to azd; else whatever identity this machine offers (a pipeline's, Visual Studio's, the Azure CLI's).</summary>
    private static ChainedTokenCredential Credential() => new(new AzureDeveloperCliCredential(), new DefaultAzureCredential());
}
