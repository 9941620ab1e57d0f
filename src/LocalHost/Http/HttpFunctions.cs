using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Denoised.LocalHost.Http;

/// <summary>
/// Routes HTTP requests to functions. As on the Functions host, errors of the host have no body: 404 for an unknown address or method, 401 without the
/// key, 500 if the function throws.
/// </summary>
internal sealed partial class HttpFunctions(FunctionInvoker invoker, HostSettings host, IOptions<LocalHostOptions> options, ILogger<HttpFunctions> logger)
{
    // ActionContext requires a descriptor, but a function is not an MVC action.
    private static readonly ActionDescriptor noAction = new();

    private readonly FunctionKey key = new(options.Value.FunctionKey);

    /// <summary>Adds the HTTP functions to an application's pipeline.</summary>
    /// <exception cref="InvalidOperationException">A function has a parameter that its route does not contain; the message names both.</exception>
    public void Map(WebApplication app, IEnumerable<FunctionDescription> functions)
    {
        app.Use(AllowCrossOrigin);
        app.UseRouting();
        // ASP.NET Core answers a method mismatch with 405, the Functions host with 404.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<FunctionDescription>() is not null)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        foreach (var function in functions)
        {
            if (function.Trigger is HttpTriggerAttribute trigger)
                Map(app, function, trigger);
        }
    }

    private void Map(WebApplication app, FunctionDescription function, HttpTriggerAttribute trigger)
    {
        var pattern = RoutePatternFactory.Parse($"{host.RoutePrefix}/{trigger.Route ?? function.Name}".TrimStart('/'));
        foreach (var parameter in function.Parameters)
        {
            if (RouteValue.IsSupported(parameter.ParameterType) && pattern.GetParameter(parameter.Name!) is null)
                throw new InvalidOperationException($"Function '{function.Name}' takes '{parameter.Name}', but its route '{pattern.RawText}' has no such value.");
        }

        RequestDelegate answer = context => HandleAsync(context, function, trigger);
        var endpoint = trigger.Methods is not { Length: > 0 } methods
            ? app.Map(pattern, answer)
            : app.MapMethods(pattern.RawText!, methods.Select(method => method.ToUpperInvariant()), answer);
        endpoint.WithMetadata(function);
    }

    private async Task HandleAsync(HttpContext context, FunctionDescription function, HttpTriggerAttribute trigger)
    {
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous && !key.Matches(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var data = context.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
            await invoker.InvokeAsync(
                function, context.Request, data,
                result => result.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), noAction)),
                context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
            context.Abort();
        }
#pragma warning disable CA1031 // The host answers any exception of a function.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, function.Name, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>Emulates the platform's CORS setting for allowed origin <c>*</c>: a header on each response, and the response to preflight requests.</summary>
    private static Task AllowCrossOrigin(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!request.Headers.ContainsKey(HeaderNames.Origin))
            return next(context);

        var asked = request.Headers[HeaderNames.AccessControlRequestMethod].ToString();
        var isPreflight = HttpMethods.IsOptions(request.Method) && asked.Length > 0;
        var method = isPreflight ? asked : request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            return next(context);

        if (isPreflight)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlAllowMethods = asked;
            if (request.Headers.AccessControlRequestHeaders is { Count: > 0 } headers)
                context.Response.Headers.AccessControlAllowHeaders = headers;
            return Task.CompletedTask;
        }

        // In OnStarting, so a 500 has the header too: it clears the headers first.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Task.CompletedTask;
        });
        return next(context);
    }

    [LoggerMessage(LogLevel.Error, "Function '{Function}' failed on {Method} {Path}: the caller got an empty 500.")]
    private partial void LogFailed(Exception exception, string function, string method, string path);
}
