using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Denoised.Publisher;

/// <summary>The destination of the page.</summary>
/// <param name="Blobs">The account's blob service.</param>
/// <param name="Queues">The account's queue service; messages are Base64, as the functions expect.</param>
/// <param name="SiteAddress">The page's address, if known.</param>
internal sealed record DeploymentTarget(BlobServiceClient Blobs, QueueServiceClient Queues, Uri? SiteAddress)
{
    /// <summary>
    /// The connection string of a storage emulator or an account with keys; used only if azd's endpoints are not set. AZURE_STORAGE_CONNECTION_STRING is
    /// not used: the Azure CLI reads that variable, so it often refers to another account.
    /// </summary>
    public const string ConnectionVariable = "DENOISED_STORAGE_CONNECTION_STRING";

    /// <summary>The blob endpoint, an output of the template.</summary>
    public const string BlobVariable = "AZURE_STORAGE_BLOB_ENDPOINT";

    /// <summary>The queue endpoint, an output of the template.</summary>
    public const string QueueVariable = "AZURE_STORAGE_QUEUE_ENDPOINT";

    /// <summary>The page's address, an output of the template.</summary>
    public const string SiteVariable = "DENOISED_SITE_ADDRESS";

    /// <summary>Reads the target from environment variables.</summary>
    /// <exception cref="InvalidOperationException">A variable is missing or not a valid address; the message names it.</exception>
    public static DeploymentTarget Read(Func<string, string?> variable)
    {
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var site = variable(SiteVariable) is { Length: > 0 } ? Address(SiteVariable, "https", "http") : null;
        var hasEndpoint = variable(BlobVariable) is { Length: > 0 } || variable(QueueVariable) is { Length: > 0 };
        if (!hasEndpoint && variable(ConnectionVariable) is { Length: > 0 } connection)
            return FromString(connection, queueOptions, site);

        var credential = CreateCredential();
        return new DeploymentTarget(new BlobServiceClient(Account(BlobVariable), credential), new QueueServiceClient(Account(QueueVariable), credential, queueOptions), site);

        // If the address included a container, every request would go to blobs in that container.
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
            // Not used as the inner exception: it quotes the connection string, which may contain the account key.
        }

        throw new InvalidOperationException($"The variable {ConnectionVariable} is not a connection string of a storage account.");
    }

    /// <summary>
    /// The account signed in to azd; otherwise any identity that this machine provides (a pipeline's, Visual Studio's, the Azure CLI's).
    /// </summary>
    private static ChainedTokenCredential CreateCredential() => new(new AzureDeveloperCliCredential(), new DefaultAzureCredential());
}
