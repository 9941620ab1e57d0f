using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Storage;

public sealed class StorageConnectionTests
{
    private static readonly Dictionary<string, string?> byIdentity = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage:blobServiceUri"] = "https://example.blob.core.windows.net",
        ["AzureWebJobsStorage:queueServiceUri"] = "https://example.queue.core.windows.net",
        ["AzureWebJobsStorage:tableServiceUri"] = "https://example.table.core.windows.net",
    };

    [Fact]
    public void With_an_identity_each_service_has_its_own_address()
    {
        using var services = Register(byIdentity);
        Assert.Equal(new Uri("https://example.table.core.windows.net/"), services.GetRequiredService<TableServiceClient>().Uri);
        Assert.Equal(new Uri("https://example.queue.core.windows.net/"), services.GetRequiredService<QueueServiceClient>().Uri);
        Assert.Equal(new Uri("https://example.blob.core.windows.net/"), services.GetRequiredService<BlobServiceClient>().Uri);
        Assert.IsType<DefaultAzureCredential>(services.GetRequiredService<TokenCredential>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public void The_settings_select_a_managed_identity(string? clientId)
    {
        using var services = Register(new Dictionary<string, string?>(byIdentity, StringComparer.Ordinal) { ["AzureWebJobsStorage:credential"] = "managedidentity", ["AzureWebJobsStorage:clientId"] = clientId });
        Assert.IsType<ManagedIdentityCredential>(services.GetRequiredService<TokenCredential>());
    }

    [Fact]
    public void A_connection_string_needs_no_identity()
    {
        using var services = Register(new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" });
        Assert.Equal(10002, services.GetRequiredService<TableServiceClient>().Uri.Port);
        Assert.Equal(10001, services.GetRequiredService<QueueServiceClient>().Uri.Port);
        Assert.Equal(10000, services.GetRequiredService<BlobServiceClient>().Uri.Port);
        Assert.Null(services.GetService<TokenCredential>());
    }

    [Theory]
    [InlineData("blobServiceUri", null)]
    [InlineData("queueServiceUri", null)]
    [InlineData("tableServiceUri", null)]
    [InlineData("tableServiceUri", "example")]
    public void The_error_names_the_missing_setting(string setting, string? value)
    {
        var settings = new Dictionary<string, string?>(byIdentity, StringComparer.Ordinal) { ["AzureWebJobsStorage:" + setting] = value };
        var message = Assert.Throws<InvalidOperationException>(() => Register(settings)).Message;
        Assert.Contains("The setting AzureWebJobsStorage is missing", message, StringComparison.Ordinal);
        Assert.Contains($"AzureWebJobsStorage__{setting} is missing or not an address", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_setting_the_error_names_both_alternatives() =>
        Assert.Contains("connection string", Assert.Throws<InvalidOperationException>(() => Register([])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_error_names_the_setting_of_an_invalid_connection_string()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Register(new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "my account" }));
        Assert.Contains("The setting AzureWebJobsStorage", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("my account", exception.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Register(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
}
