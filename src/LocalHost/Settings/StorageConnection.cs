using Microsoft.Extensions.Configuration;

namespace Denoised.LocalHost.Settings;

/// <summary>The storage account of the functions: setting <c>AzureWebJobsStorage</c>.</summary>
internal sealed class StorageConnection(IConfiguration configuration)
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>The short form that means Azurite on its usual ports.</summary>
    public const string Development = "UseDevelopmentStorage=true";

    /// <summary>The connection string.</summary>
    /// <exception cref="InvalidOperationException">The setting is not set.</exception>
    public string ConnectionString => configuration[Setting] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{Setting} is not set. \"{Development}\" is the storage emulator on this machine.");

    /// <summary>It is the emulator on its usual ports.</summary>
    public bool IsDevelopment => ConnectionString.Trim().TrimEnd(';').Equals(Development, StringComparison.OrdinalIgnoreCase);
}
