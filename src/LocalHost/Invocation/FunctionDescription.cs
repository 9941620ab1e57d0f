using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.LocalHost.Invocation;

/// <summary>A function as declared by its method.</summary>
/// <param name="Name">The name, unique in the application.</param>
/// <param name="Method">The method. Unless it is static, each invocation creates an instance of its type.</param>
/// <param name="Trigger">The trigger attribute.</param>
/// <param name="TriggerParameter">The parameter with the trigger attribute.</param>
internal sealed record FunctionDescription(string Name, MethodInfo Method, Attribute Trigger, ParameterInfo TriggerParameter)
{
    private readonly Lazy<ObjectFactory> factory = new(() => ActivatorUtilities.CreateFactory(Method.DeclaringType!, []));
    private readonly MethodInvoker invoker = MethodInvoker.Create(Method);

    /// <summary>The method's parameters, in declaration order.</summary>
    public ParameterInfo[] Parameters { get; } = Method.GetParameters();

    /// <summary>Creates the instance for an invocation; null for a static method. The constructor is resolved once.</summary>
    public object? CreateInstance(IServiceProvider services) => Method.IsStatic ? null : factory.Value(services, null);

    /// <summary>Calls the method; exceptions propagate unwrapped.</summary>
    public object? Invoke(object? instance, object?[] arguments) => invoker.Invoke(instance, arguments.AsSpan());

    /// <summary>Finds the functions declared by some types.</summary>
    /// <exception cref="InvalidOperationException">A method has the attribute but is not a valid function; the message gives the reason.</exception>
    public static IReadOnlyList<FunctionDescription> FindIn(IEnumerable<Type> types)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var functions = types
            .SelectMany(type => type.GetMethods(All))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Attribute is not null)
            .Select(found => Describe(found.Attribute!.Name, found.Method))
            .ToList();

        // The host compares names case-insensitively.
        if (functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two functions are named '{twice.Key}': {string.Join(" and ", twice.Select(function => Place(function.Method)))}.");
        return functions;
    }

    private static FunctionDescription Describe(string name, MethodInfo method)
    {
        InvalidOperationException Wrong(string why) => new($"Function '{name}' ({Place(method)}) {why}.");

        if (!method.IsPublic || method.DeclaringType is not { IsVisible: true })
            throw Wrong("has to be a public method of a public class");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw Wrong("is async void: return Task, or nobody can wait for it");

        // Called once and cached: concurrent first calls of GetParameters may return different ParameterInfo objects.
        var parameters = method.GetParameters();
        var triggers = parameters
            .SelectMany(parameter => parameter.GetCustomAttributes().Select(attribute => (Parameter: parameter, Attribute: attribute)))
            .Where(found => found.Attribute is TimerTriggerAttribute or QueueTriggerAttribute or HttpTriggerAttribute)
            .ToList();
        if (triggers is not [var (parameter, trigger)])
            throw Wrong($"has {triggers.Count} parameters with a trigger, but needs exactly one");

        var (expected, returns) = trigger switch
        {
            TimerTriggerAttribute => (typeof(TimerInfo), [typeof(void), typeof(Task)]),
            QueueTriggerAttribute => (typeof(string), [typeof(void), typeof(Task)]),
            _ => (typeof(HttpRequest), new[] { typeof(IActionResult), typeof(Task<IActionResult>) }),
        };
        if (parameter.ParameterType != expected)
            throw Wrong($"takes its trigger as {parameter.ParameterType.Name}, but it has to be {expected.Name}");
        if (!returns.Contains(method.ReturnType))
            throw Wrong($"returns {method.ReturnType.Name}, which its trigger cannot use");
        if (trigger is QueueTriggerAttribute { Connection: not (null or "AzureWebJobsStorage") } queue)
            throw Wrong($"names the connection '{queue.Connection}': leave it unset, which means AzureWebJobsStorage");

        foreach (var other in parameters.Where(other => other != parameter))
        {
            var known = other.ParameterType == typeof(FunctionContext)
                || other.ParameterType == typeof(CancellationToken)
                || (trigger is HttpTriggerAttribute && RouteValue.IsSupported(other.ParameterType));
            if (!known)
                throw Wrong($"has a parameter '{other.Name}' of type {other.ParameterType.Name}, which nothing can fill");
        }

        return new FunctionDescription(name, method, trigger, parameter);
    }

    private static string Place(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}";
}
