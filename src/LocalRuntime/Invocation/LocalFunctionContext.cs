using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.LocalRuntime.Invocation;

/// <summary>The context of one invocation.</summary>
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
    public override FunctionDefinition FunctionDefinition { get; } = new Definition(function.Name);

    /// <inheritdoc/>
    public override BindingContext BindingContext { get; } = new Binding(bindingData);

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; } = services;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken { get; } = cancellation;

    /// <summary>What the function returned, where that is one.</summary>
    public IActionResult? Result { get; set; }

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string Name { get; } = name;
    }

    private sealed class Binding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
    }
}
