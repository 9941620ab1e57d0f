using Denoised.LocalRuntime.Settings;
using Denoised.LocalRuntime.Terminal;
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

    /// <summary>
    /// THE PRODUCT'S PART STARTS HERE: publish the folder (where there is one), then put the first message on queue <c>collections</c>.
    /// </summary>
    private static Task HandOverAsync(IServiceProvider services, string? distFolder, CancellationToken cancellationToken)
    {
        _ = (services, distFolder, cancellationToken);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The page was not published: {Reason}")]
    private partial void LogNoPage(string reason);
}
