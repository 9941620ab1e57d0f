using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Denoised.Storage;

/// <summary>The identity that storage, the model and monitoring are called with: the configured user-assigned one in Azure, the developer's own elsewhere.</summary>
public static class AzureIdentity
{
    /// <summary>Whether the settings name a managed identity; without one there is none to be had, unless a developer is signed in.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return string.Equals(configuration["AzureWebJobsStorage:credential"], "managedidentity", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The identity's credential; nothing is asked of the network before its first use.</summary>
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
