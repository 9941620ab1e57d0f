using Azure.Data.Tables;
using Denoised.LocalHost.Emulator;
using Denoised.Tests;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Denoised.Tests;

/// <summary>
/// The storage for tests: in-memory emulators on free ports, or the account in <c>DENOISED_TEST_STORAGE</c>. Each test takes its own account from one of
/// the emulators in turn, because an emulator scans the rows of all its accounts for each query and slows down during a long run.
/// </summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private const int Emulators = 4;

    private readonly string? given = Environment.GetEnvironmentVariable("DENOISED_TEST_STORAGE");
    private AzuriteProcess[] emulators = [];
    private int taken;

    /// <summary>Returns the connection string of an account that no other test uses.</summary>
    public string TakeAccount() => given ?? emulators[Interlocked.Increment(ref taken) % emulators.Length].TakeAccount();

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
