using Azure.Data.Tables;
using Denoised.LocalHost.Emulator;
using Denoised.Tests;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Denoised.Tests;

/// <summary>
/// The storage that tests run against: emulators in memory and on free ports, in which each test takes an account of its own; or the account in
/// <c>DENOISED_TEST_STORAGE</c>. Several, by turns: an emulator goes through the rows of all its accounts for each query, and a long run would slow itself down.
/// </summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private const int Emulators = 4;

    private readonly string? given = Environment.GetEnvironmentVariable("DENOISED_TEST_STORAGE");
    private AzuriteProcess[] emulators = [];
    private int taken;

    /// <summary>The connection string of an account that no other test uses.</summary>
    public string TakeAccount() => given ?? emulators[Interlocked.Increment(ref taken) % emulators.Length].TakeAccount();

    /// <summary>A client of the table service.</summary>
    public TableServiceClient Tables() => new(TakeAccount());

    public async ValueTask InitializeAsync()
    {
        if (given is not null)
            return;
        emulators = await Task.WhenAll(Enumerable.Range(0, Emulators).Select(_ => AzuriteProcess.StartAsync(
            new AzuriteOptions { ExtraAccounts = 500 }, line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var emulator in emulators)
            await emulator.DisposeAsync();
    }
}
