using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Publisher;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The target account of the publisher and its error messages, in its own process as azd runs it.</summary>
public sealed class PublisherTests(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo page = Directory.CreateTempSubdirectory("denoised-page-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => page.Delete(recursive: true);

    [Fact]
    public async Task The_publisher_ignores_the_connection_string_for_other_tools()
    {
        var (told, other) = (azurite.TakeAccount(), azurite.TakeAccount());
        await new QueueServiceClient(told).CreateQueueAsync("collections", cancellationToken: Stop);
        WritePage();
        var (code, output) = await RunAsync(("DENOISED_STORAGE_CONNECTION_STRING", told), ("AZURE_STORAGE_CONNECTION_STRING", other));
        Assert.True(code == 0, output);
        Assert.True(await new BlobContainerClient(told, "$web").ExistsAsync(Stop));
        Assert.Empty(await ContainersAsync(other));
    }

    [Fact]
    public async Task The_endpoints_of_azd_take_precedence_over_a_connection_string()
    {
        var other = azurite.TakeAccount();
        WritePage();
        var (code, output) = await RunAsync(
            ("AZURE_STORAGE_BLOB_ENDPOINT", "https://127.0.0.1:1/"), ("AZURE_STORAGE_QUEUE_ENDPOINT", "https://127.0.0.1:1/"), ("DENOISED_STORAGE_CONNECTION_STRING", other));
        AssertOneSentence(code, output);
        Assert.Empty(await ContainersAsync(other));
    }

    [Fact]
    public async Task The_error_names_a_folder_without_a_page()
    {
        var (code, output) = await RunAsync(("DENOISED_STORAGE_CONNECTION_STRING", azurite.TakeAccount()));
        Assert.Contains($"There is no built page in {page.FullName}", AssertOneSentence(code, output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_for_an_account_without_queues_is_one_sentence()
    {
        WritePage();
        var (code, output) = await RunAsync(("DENOISED_STORAGE_CONNECTION_STRING", azurite.TakeAccount()));
        Assert.Contains("answered QueueNotFound. Is it the account that 'azd provision' made?", AssertOneSentence(code, output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_for_an_unreachable_account_is_one_sentence()
    {
        WritePage();
        var (code, output) = await RunAsync(("DENOISED_STORAGE_CONNECTION_STRING", azurite.TakeAccount().Replace("BlobEndpoint=http://127.0.0.1:", "BlobEndpoint=http://127.0.0.1:1/unreachable", StringComparison.Ordinal)));
        Assert.Contains("could not be reached", AssertOneSentence(code, output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_for_a_wrong_key_is_one_sentence_without_the_key()
    {
        WritePage();
        var key = Convert.ToBase64String(new byte[64]);
        var account = string.Join(';', azurite.TakeAccount().Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={key}" : part));
        var (code, output) = await RunAsync(("DENOISED_STORAGE_CONNECTION_STRING", account));
        Assert.Contains("refuses access", AssertOneSentence(code, output), StringComparison.Ordinal);
        Assert.DoesNotContain(key, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/container", "without a path")]
    [InlineData("http://account.blob.core.windows.net/", "begins with https://")]
    [InlineData("account", "begins with https://")]
    public async Task The_error_for_an_invalid_endpoint_is_one_sentence(string endpoint, string reason)
    {
        WritePage();
        var (code, output) = await RunAsync(("AZURE_STORAGE_BLOB_ENDPOINT", endpoint), ("AZURE_STORAGE_QUEUE_ENDPOINT", "https://account.queue.core.windows.net/"));
        Assert.Contains(reason, AssertOneSentence(code, output), StringComparison.Ordinal);
    }

    // The emulator does not support roles. This server responds like the storage service to an identity without roles.
    [Fact]
    public async Task The_error_names_a_missing_role_after_the_wait()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.Run(context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            context.Response.Headers["x-ms-error-code"] = "AuthorizationPermissionMismatch";
            return Task.CompletedTask;
        });
        await service.StartAsync(Stop);
        WritePage();
        var address = service.Urls.Single();
        var target = DeploymentTarget.Read(name => name == DeploymentTarget.ConnectionVariable ? $"BlobEndpoint={address}/account;QueueEndpoint={address}/account;SharedAccessSignature=sig=none" : null);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => new Deployment(target, _ => { }) { MaxRoleWait = TimeSpan.Zero }.RunAsync(page.FullName, Stop));
        Assert.Contains("Storage Blob Data Contributor", PublishErrors.Describe(exception, target), StringComparison.Ordinal);
    }

    private static async Task<List<string>> ContainersAsync(string account)
    {
        var names = new List<string>();
        await foreach (var container in new BlobServiceClient(account).GetBlobContainersAsync(cancellationToken: Stop))
            names.Add(container.Name);
        return names;
    }

    /// <summary>Checks that the output contains only progress messages and, as the last line, the reason.</summary>
    private static string AssertOneSentence(int code, string output)
    {
        Assert.True(code == 1, output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Headers:", output, StringComparison.Ordinal);
        var reason = output.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("The page was not published: ", reason, StringComparison.Ordinal);
        return reason;
    }

    private void WritePage() => File.WriteAllText(Path.Combine(page.FullName, "index.html"), "<!doctype html><title>Denoised</title>");

    private Task<(int Code, string Output)> RunAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Denoised.Publisher.dll"), page.FullName]);
        foreach (var name in (string[])["AZURE_STORAGE_BLOB_ENDPOINT", "AZURE_STORAGE_QUEUE_ENDPOINT", "AZURE_STORAGE_CONNECTION_STRING", "DENOISED_STORAGE_CONNECTION_STRING"])
            start.Environment.Remove(name);
        return DeploymentTests.RunProgramAsync(start, Path.GetTempPath(), environment);
    }
}
