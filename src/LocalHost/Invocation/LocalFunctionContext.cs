using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.LocalHost.Invocation;

/// <summary>The context of one invocation. Members of the worker's abstract class that the product does not use throw.</summary>
internal sealed class LocalFunctionContext(
    FunctionDescription function,
    IReadOnlyDictionary<string, object?> bindingData,
    IServiceProvider services,
    CancellationToken cancellation) : FunctionContext
{
    private string? invocationId;

    /// <inheritdoc/>
    public override string InvocationId => invocationId ??= Guid.NewGuid().ToString("D");

    /// <inheritdoc/>
    public override string FunctionId => function.Name;

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition { get; } = new Definition(function);

    /// <inheritdoc/>
    public override BindingContext BindingContext { get; } = new Binding(bindingData);

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; } = services;

    /// <inheritdoc/>
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    /// <inheritdoc/>
    public override CancellationToken CancellationToken { get; } = cancellation;

    /// <inheritdoc/>
    public override TraceContext TraceContext => throw NotSupported(nameof(TraceContext));

    /// <inheritdoc/>
    public override RetryContext RetryContext => null!;

    /// <inheritdoc/>
    public override IInvocationFeatures Features => throw NotSupported(nameof(Features));

    /// <summary>The function's result; null if it has none.</summary>
    public IActionResult? Result { get; set; }

    private static NotSupportedException NotSupported(string member) => new($"The local host has no {member}.");

    private sealed class Definition(FunctionDescription function) : FunctionDefinition
    {
        public override string Name => function.Name;

        public override string Id => function.Name;

        public override string EntryPoint => $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

        public override string PathToAssembly => function.Method.Module.FullyQualifiedName;

        public override ImmutableArray<FunctionParameter> Parameters => throw NotSupported("FunctionDefinition.Parameters");

        public override IImmutableDictionary<string, BindingMetadata> InputBindings => throw NotSupported("FunctionDefinition.InputBindings");

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => throw NotSupported("FunctionDefinition.OutputBindings");
    }

    private sealed class Binding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
    }
}
