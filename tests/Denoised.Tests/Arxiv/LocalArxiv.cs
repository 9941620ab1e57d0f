using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Denoised.Tests.Arxiv;

/// <summary>
/// A local HTTP server with responses that a test defines. Records the start and the end of each request in ticks of a monotonic clock.
/// </summary>
internal sealed class LocalArxiv : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Visit> visits = new();

    private LocalArxiv(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await answer(context);
            }
            finally
            {
                visits.Enqueue(new Visit(context.Request.Path + context.Request.QueryString, context.Request.Headers.UserAgent.ToString(), started, Stopwatch.GetTimestamp()));
            }
        });
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>The requests, in order of arrival.</summary>
    public IReadOnlyList<Visit> Visits => [.. visits.OrderBy(static visit => visit.Started)];

    public static async Task<LocalArxiv> StartAsync(RequestDelegate answer)
    {
        var server = new LocalArxiv(answer);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    internal sealed record Visit(string Path, string UserAgent, long Started, long Ended);
}
