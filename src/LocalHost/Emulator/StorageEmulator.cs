using System.Net.Sockets;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Site;
using Denoised.LocalHost.Terminal;
using Denoised.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Emulator;

/// <summary>
/// Starts Azurite on its default ports if the settings use it and it is not running yet. Registered first: hosted services start in order and stop in
/// reverse order, so it is available to all other services.
/// </summary>
internal sealed class StorageEmulator(
    StorageConnection storage, StorageStart start, IOptions<LocalHostOptions> options, LiveConsole console, IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private static readonly int[] usualPorts = [10000, 10001, 10002];

    private AzuriteProcess? azurite;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ListeningExtensions.RequireFreePort(options.Value.SitePort, "the page", "LocalHost:SitePort");
        ListeningExtensions.RequireFreePort(options.Value.ApiPort, "the API", "LocalHost:ApiPort");
        // Checked at each start, even if nothing has to be installed: an outdated Node.js fails later with unrelated errors.
        if (storage.IsDevelopment || options.Value.BuildPage)
            await NodePackages.RequireNodeAsync(cancellationToken);
        if (storage.IsDevelopment)
            await EnsureListeningAsync(cancellationToken);

        // In Azure, the deployment template creates these. Programs without the product (tests of this runtime) do not register StorageSetup.
        if (services.GetService<StorageSetup>() is { } setup)
            await start.ExecuteAsync(setup.EnsureCreatedAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref azurite, value: null) is { } running)
            await running.DisposeAsync();
    }

    private async Task EnsureListeningAsync(CancellationToken cancellationToken)
    {
        var open = new List<int>();
        foreach (var port in usualPorts)
        {
            if (await IsListeningAsync(port, cancellationToken))
                open.Add(port);
        }

        if (open.Count == usualPorts.Length)
            return;
        if (open.Count > 0)
            throw new InvalidOperationException(
                $"Port {string.Join(" and ", open)} is taken, but not all of {string.Join(", ", usualPorts)}, which {StorageConnection.Development} means: end the other program, or set {StorageConnection.Setting} to the connection string of another account.");

        var data = Path.Combine(Repository.Root, ".azurite");
        Directory.CreateDirectory(data);
        azurite = await AzuriteProcess.StartAsync(
            new AzuriteOptions { BlobPort = usualPorts[0], QueuePort = usualPorts[1], TablePort = usualPorts[2], DataFolder = data },
            console.WriteLine, cancellationToken);
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
