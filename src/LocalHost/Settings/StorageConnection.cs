using Microsoft.Extensions.Configuration;

namespace Denoised.LocalHost.Settings;

/// <summary>The storage account of the functions: setting <c>AzureWebJobsStorage</c>.</summary>
internal sealed class StorageConnection(IConfiguration configuration)
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>The shorthand for Azurite on its default ports.</summary>
    public const string Development = "UseDevelopmentStorage=true";

    /// <summary>The connection string.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public string ConnectionString => configuration[Setting] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{Setting} is not set. \"{Development}\" is the storage emulator on this machine.");

    /// <summary>Whether the account is the emulator on its default ports.</summary>
    public bool IsDevelopment => ConnectionString.Trim().TrimEnd(';').Equals(Development, StringComparison.OrdinalIgnoreCase);
}
