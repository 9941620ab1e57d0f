using Denoised.Collecting;
using Denoised.LocalRuntime.Settings;
using Denoised.LocalRuntime.Terminal;
using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalRuntime.Site;

/// <summary>What a deployment does once, done at each local start: builds the page, publishes it, and asks for the first collection.</summary>
internal sealed partial class SiteStartup(
    IServiceProvider services, IOptions<LocalRuntimeOptions> options, IHostApplicationLifetime lifetime, LiveConsole console, ILogger<SiteStartup> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.BuildPage || !await lifetime.HasStartedAsync(stoppingToken))
            return;

        try
        {
            var build = new SiteBuild(Path.Combine(Repository.Root, "frontend"), console.WriteLine);
            await HandOverAsync(services, await build.EnsureBuiltAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop was asked for.
        }
        catch (InvalidOperationException e)
        {
            // The functions do their work without a page, and the line says what is missing for one.
            LogNoPage(e.Message);
        }
    }

    /// <summary>Publishes the page, and puts the first message on the queue of collections.</summary>
    private static async Task HandOverAsync(IServiceProvider services, string? distFolder, CancellationToken cancellationToken)
    {
        // Programs without the product (tests of this runtime) have none of these.
        if (services.GetService<StorageSetup>() is { } setup)
            await setup.EnsureCreatedAsync(cancellationToken);
        var isAsked = distFolder is not null && services.GetService<SitePublisher>() is { } publisher && (await publisher.PublishAsync(distFolder, cancellationToken)).IsFirst;
        if (!isAsked && services.GetService<CollectRequests>() is { } requests)
            await requests.AskAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The page was not published: {Reason}")]
    private partial void LogNoPage(string reason);
}
