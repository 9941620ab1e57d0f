using Azure.Data.Tables;
using Denoised.LocalRuntime.Emulator;
using Denoised.Tests;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Denoised.Tests;

/// <summary>
/// The storage that tests run against: one emulator for the assembly, in memory and on free ports, in which each test takes an account of
/// its own; or the account in <c>DENOISED_TEST_STORAGE</c>.
/// </summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private readonly string? given = Environment.GetEnvironmentVariable("DENOISED_TEST_STORAGE");
    private AzuriteProcess? azurite;

    /// <summary>The connection string of an account that no other test uses.</summary>
    public string TakeAccount() => given ?? azurite!.TakeAccount();

    /// <summary>A client of the table service.</summary>
    public TableServiceClient Tables() => new(TakeAccount());

    public async ValueTask InitializeAsync()
    {
        if (given is null)
        {
            azurite = await AzuriteProcess.StartAsync(
                new AzuriteOptions { ExtraAccounts = 500 }, line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
