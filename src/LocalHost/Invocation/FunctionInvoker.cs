using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Denoised.LocalHost.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Invocation;

/// <summary>Runs one invocation of a function: scope, instance, arguments, time limit.</summary>
internal sealed partial class FunctionInvoker(
    IServiceScopeFactory scopes,
    HostSettings host,
    IOptions<LocalHostOptions> options,
    Shutdown shutdown,
    TimeProvider time,
    ILogger<FunctionInvoker> logger)
{
    private const int MaxResultBytes = 1024;

    /// <summary>Functions with a logged warning; one warning each.</summary>
    private readonly ConcurrentDictionary<string, int> largeResults = new(StringComparer.Ordinal);

    /// <summary>Runs a function to completion; exceptions propagate.</summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">The value of the trigger parameter.</param>
    /// <param name="bindingData">Further data of the trigger, for HTTP the route values.</param>
    /// <param name="answer">Sends the result of an HTTP function. As on the host, it runs within the invocation's scope and time limit.</param>
    /// <param name="caller">Cancelled when the client disconnects.</param>
    /// <exception cref="FunctionTimedOutException">The function exceeded the time limit.</exception>
    public async Task InvokeAsync(
        FunctionDescription function, object trigger, IReadOnlyDictionary<string, object?> bindingData, Func<IActionResult, Task>? answer, CancellationToken caller)
    {
        using var timeout = new CancellationTokenSource(host.FunctionTimeout ?? Timeout.InfiniteTimeSpan, time);
        // Not disposed: a function that ignores its token continues to use it.
        var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, shutdown.Cancelled, caller);
        var run = RunInScopeAsync(function, trigger, bindingData, answer, linked);

        if (host.FunctionTimeout is not { } limit)
        {
            await run;
            return;
        }

        try
        {
            await run.WaitAsync(limit + options.Value.CancellationGrace, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            // The Functions host would restart the whole worker process. This runtime only stops waiting and logs the timeout.
            LogIgnoredTimeout(function.Name, limit);
            _ = run.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new FunctionTimedOutException($"Function '{function.Name}' ran longer than functionTimeout ({limit}) and ignored its cancelled token.", inner: null);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !caller.IsCancellationRequested && !shutdown.Cancelled.IsCancellationRequested)
        {
            throw new FunctionTimedOutException($"Function '{function.Name}' was cancelled after functionTimeout ({limit}).", e);
        }
    }

    private async Task RunInScopeAsync(
        FunctionDescription function,
        object trigger,
        IReadOnlyDictionary<string, object?> bindingData,
        Func<IActionResult, Task>? answer,
        CancellationTokenSource cancellation)
    {
        using (cancellation)
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new LocalFunctionContext(function, bindingData, scope.ServiceProvider, cancellation.Token);

            await ExecuteAsync(function, trigger, context);
            if (answer is null || context.Result is not { } result)
                return;
            await answer(result);
            SerializeAsWorker(function, result);
        }
    }

    /// <summary>
    /// Serializes the public properties of an HTTP function's result, as the worker does: it sends them to the host as JSON after the response. A large or
    /// failing property therefore costs the same here.
    /// </summary>
    private void SerializeAsWorker(FunctionDescription function, IActionResult result)
    {
        var length = JsonSerializer.SerializeToUtf8Bytes(result, result.GetType()).Length;
        if (length > MaxResultBytes && largeResults.TryAdd(function.Name, length))
            LogLargeResult(function.Name, result.GetType().Name, length);
    }

    private static async Task ExecuteAsync(FunctionDescription function, object trigger, LocalFunctionContext context)
    {
        var arguments = Array.ConvertAll(function.Parameters, parameter => BindArgument(parameter, function, trigger, context));
        var returned = function.Invoke(function.CreateInstance(context.InstanceServices), arguments);
        switch (returned)
        {
            case Task<IActionResult> result:
                context.Result = await result;
                break;
            case Task task:
                await task;
                break;
            case IActionResult result:
                context.Result = result;
                break;
        }
    }

    private static object? BindArgument(ParameterInfo parameter, FunctionDescription function, object trigger, LocalFunctionContext context)
    {
        if (parameter.Position == function.TriggerParameter.Position)
            return trigger;
        if (parameter.ParameterType == typeof(FunctionContext))
            return context;
        if (parameter.ParameterType == typeof(CancellationToken))
            return context.CancellationToken;
        return RouteValue.Read(parameter.Name!, context.BindingContext.BindingData.GetValueOrDefault(parameter.Name!), parameter.ParameterType);
    }

    [LoggerMessage(LogLevel.Error, "Function '{Function}' ignores its cancelled token: it still runs after functionTimeout ({Limit}). In Azure the whole worker process would be restarted now.")]
    private partial void LogIgnoredTimeout(string function, TimeSpan limit);

    [LoggerMessage(LogLevel.Warning, "Function '{Function}' returned a {Type} whose public properties are {Length} bytes of JSON. In Azure each response sends them to the host in addition to its body.")]
    private partial void LogLargeResult(string function, string type, int length);
}
