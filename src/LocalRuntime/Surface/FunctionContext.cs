namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The function that is invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>What the trigger knows beside the value it passes.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The services of this invocation's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; }

    /// <summary>Cancelled when the function ran longer than <c>functionTimeout</c>, when its caller has gone, and shortly before the process ends.</summary>
    public abstract CancellationToken CancellationToken { get; }
}

/// <summary>A function as it is declared.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The name given to <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }
}

/// <summary>What the trigger knows beside the value it passes.</summary>
public abstract class BindingContext
{
    /// <summary>By name; every value is a string, such as a queue message's <c>DequeueCount</c>.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
