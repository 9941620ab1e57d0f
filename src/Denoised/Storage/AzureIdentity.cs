using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Denoised.Storage;

/// <summary>
/// The identity for storage, the model and monitoring: the configured user-assigned identity in Azure, the developer's own account elsewhere.
/// </summary>
public static class AzureIdentity
{
    /// <summary>Whether the settings specify a managed identity. Without one, a token is available only if a developer is signed in.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return string.Equals(configuration["AzureWebJobsStorage:credential"], "managedidentity", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Creates the identity's credential. The first use makes the first network request.</summary>
    public static TokenCredential Credential(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var clientId = Given("AzureWebJobsStorage:clientId") ?? Given("AZURE_CLIENT_ID");
        if (!IsConfigured(configuration))
            return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });

        return new ManagedIdentityCredential(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));

        string? Given(string name) => configuration[name] is { Length: > 0 } value ? value : null;
    }
}
