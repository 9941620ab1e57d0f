using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Terminal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Site;

/// <summary>
/// Emulates Azure's static website endpoint for the blob container <c>$web</c>. It sends only the headers that the blobs carry, so a page that works
/// here also works in Azure. The emulator has no such endpoint and does not create the container.
/// Source: https://learn.microsoft.com/azure/storage/blobs/storage-blob-static-website.
/// </summary>
/// <remarks>
/// Like Azure's endpoint, it serves a folder's index document with and without a trailing slash, both as 200, and never redirects.
/// Range requests receive the whole content, which HTTP allows.
/// </remarks>
internal sealed class SiteServer(
    StorageConnection storage, IOptions<LocalHostOptions> options, LocalAddresses addresses, LiveConsole console, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const string Index = "index.html";
    private const string NotFound = "404.html";

    private WebApplication? server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var web = new BlobServiceClient(storage.ConnectionString).GetBlobContainerClient("$web");
        await web.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenOnThisMachine(options.Value.SitePort);
        });
        server = builder.Build();
        server.Run(context => HandleAsync(context, web, console));
        await server.StartAsync(cancellationToken);
        addresses.Site = server.Services.GetRequiredService<IServer>().Address();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task HandleAsync(HttpContext context, BlobContainerClient web, LiveConsole console)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        // Kestrel has decoded the path and removed dot segments, but it leaves %2F encoded.
        var path = (request.Path.Value ?? "/")[1..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        string[] candidates = path.Split('/').Any(segment => segment is "." or "..") ? []
            : path.Length == 0 || path.EndsWith('/') ? [path + Index]
            : [path, $"{path}/{Index}"];
        foreach (var name in candidates)
        {
            if (await TrySendAsync(context, web.GetBlobClient(name), StatusCodes.Status200OK))
                return;
        }

        if (await TrySendAsync(context, web.GetBlobClient(NotFound), StatusCodes.Status404NotFound))
            return;
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        if (path.Length == 0)
            await SendStartingAsync(context, console.Latest);
    }

    /// <summary>Sends a placeholder that shows the current startup step and reloads itself until the page is published.</summary>
    private static Task SendStartingAsync(HttpContext context, string step)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><meta http-equiv=\"refresh\" content=\"2\"><title>Denoised is starting</title><h1>Denoised is starting</h1><p>{WebUtility.HtmlEncode(step)}</p></html>",
            context.RequestAborted);
    }

    private static async Task<bool> TrySendAsync(HttpContext context, BlobClient blob, int status)
    {
        var (request, response) = (context.Request, context.Response);
        try
        {
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: context.RequestAborted)).Value;
            var details = download.Details;
            response.Headers.ETag = details.ETag.ToString("H");
            response.GetTypedHeaders().LastModified = details.LastModified;
            if (!string.IsNullOrEmpty(details.CacheControl))
                response.Headers.CacheControl = details.CacheControl;

            if (status == StatusCodes.Status200OK && IsKnown(request, details))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return true;
            }

            response.StatusCode = status;
            response.ContentType = details.ContentType;
            response.ContentLength = details.ContentLength;
            if (!string.IsNullOrEmpty(details.ContentEncoding))
                response.Headers.ContentEncoding = details.ContentEncoding;
            if (!string.IsNullOrEmpty(details.ContentLanguage))
                response.Headers.ContentLanguage = details.ContentLanguage;
            if (!string.IsNullOrEmpty(details.ContentDisposition))
                response.Headers.ContentDisposition = details.ContentDisposition;
            if (HttpMethods.IsGet(request.Method))
                await download.Content.CopyToAsync(response.Body, context.RequestAborted);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is StatusCodes.Status404NotFound or StatusCodes.Status400BadRequest)
        {
            // 400: the name is not a valid blob name.
            return false;
        }
    }

    private static bool IsKnown(HttpRequest request, BlobDownloadDetails details)
    {
        var headers = request.GetTypedHeaders();
        var tag = details.ETag.ToString("G");
        // If-None-Match takes precedence over If-Modified-Since (RFC 9110, section 13.2.2).
        if (headers.IfNoneMatch.Count > 0)
            return headers.IfNoneMatch.Any(known => known.Tag == "*" || known.Tag.AsSpan().Trim('"').SequenceEqual(tag.AsSpan().Trim('"')));
        return headers.IfModifiedSince is { } since && details.LastModified <= since;
    }
}
