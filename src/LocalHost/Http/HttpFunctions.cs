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
/// Answers requests by functions. Where the answer is the host's own it has no body, as there: 404 for an address or a method that no function has,
/// 401 without the key, 500 when the function throws.
/// </summary>
internal sealed partial class HttpFunctions(FunctionInvoker invoker, HostSettings host, IOptions<LocalHostOptions> options, ILogger<HttpFunctions> logger)
{
    // What is asked for is a function, and none of MVC's actions.
    private static readonly ActionDescriptor noAction = new();

    private readonly FunctionKey key = new(options.Value.FunctionKey);

    /// <summary>Puts the functions that answer requests into an application's pipeline.</summary>
    /// <exception cref="InvalidOperationException">A function takes a value that its route does not have; the message names both.</exception>
    public void Map(WebApplication app, IEnumerable<FunctionDescription> functions)
    {
        app.Use(AllowOtherOrigins);
        app.UseRouting();
        // Routing answers a method mismatch by an endpoint of its own (405); the host says 404.
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

        RequestDelegate answer = context => AnswerAsync(context, function, trigger);
        var endpoint = trigger.Methods is not { Length: > 0 } methods
            ? app.Map(pattern, answer)
            : app.MapMethods(pattern.RawText!, methods.Select(method => method.ToUpperInvariant()), answer);
        endpoint.WithMetadata(function);
    }

    private async Task AnswerAsync(HttpContext context, FunctionDescription function, HttpTriggerAttribute trigger)
    {
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous && !key.IsSentWith(context.Request))
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
            // Nobody waits for the answer any more.
            context.Abort();
        }
#pragma warning disable CA1031 // Whatever a function throws is answered by the host.
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

    /// <summary>What the platform's CORS setting does for allowed origin <c>*</c>: a header on each answer, and the answer to a preflight.</summary>
    private static Task AllowOtherOrigins(HttpContext context, RequestDelegate next)
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

        // Also on a 500, which clears the headers first.
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
