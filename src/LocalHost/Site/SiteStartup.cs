using Denoised.Collecting;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Terminal;
using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Site;

/// <summary>
/// Performs the steps of a deployment at each local start: builds the page, publishes it, and requests the first collection. Startup waits for them, so
/// the page works once its address is printed. A failed build fails the start.
/// </summary>
internal sealed class SiteStartup(IServiceProvider services, IOptions<LocalHostOptions> options, LiveConsole console) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.BuildPage)
            return;
        var build = new SiteBuild(Path.Combine(Repository.Root, "frontend"), console.WriteLine);
        await PublishAsync(services, await build.EnsureBuiltAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Publishes the page and enqueues the first collection.</summary>
    private static async Task PublishAsync(IServiceProvider services, string? distFolder, CancellationToken cancellationToken)
    {
        // Programs without the product (tests of this runtime) do not register these services.
        if (services.GetService<StorageSetup>() is { } setup)
            await setup.EnsureCreatedAsync(cancellationToken);
        var isCollectionRequested = distFolder is not null && services.GetService<SitePublisher>() is { } publisher && (await publisher.PublishAsync(distFolder, cancellationToken)).IsFirst;
        if (!isCollectionRequested && services.GetService<CollectionHandler>() is { } requests)
            await requests.EnqueueAsync(cancellationToken);
    }
}
