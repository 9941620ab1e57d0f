using Denoised.Functions.Tests.LocalHost;
using Denoised.LocalHost.Emulator;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Denoised.Functions.Tests.LocalHost;

/// <summary>The storage emulator for all tests of this assembly, in memory and on free ports. Each test takes its own account.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    /// <summary>Returns the connection string of an account that no other test uses.</summary>
    public string TakeAccount() => (azurite ?? throw new InvalidOperationException("The emulator does not run.")).TakeAccount();

    public async ValueTask InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(
            new AzuriteOptions { ExtraAccounts = 500 },
            line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
