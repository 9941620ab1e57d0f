

using Denoised.Functions.Tests.LocalHost;
using Denoised.LocalHost.Emulator;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Denoised.Functions.Tests.LocalHost;

/// <summary>One storage emulator for the assembly, in memory and on free ports. A test takes an account of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    /// <summary>The connection string of an account that no other test uses.</summary>
    public string TakeAccount() => (azurite ?? throw new InvalidOperationException("The emulator does not run.")).TakeAccount();

    public async ValueTask InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(
            new AzuriteOptions { ExtraAccounts = 500 },
            line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
