using System.Text.Json;
using Denoised.Simulators.FunctionsHost.Protocol;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>A function indexed by the worker.</summary>
public sealed record HostedFunction
{
    internal HostedFunction(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        Bindings = [.. metadata.RawBindings.Select(binding => JsonDocument.Parse(binding).RootElement)];
        Trigger = Bindings.Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The function's name.</summary>
    public string Name => Metadata.Name;

    /// <summary>The bindings, as JSON objects from the worker.</summary>
    public IReadOnlyList<JsonElement> Bindings { get; }

    /// <summary>The trigger binding.</summary>
    public JsonElement Trigger { get; }

    /// <summary>The trigger type, for example <c>httpTrigger</c>.</summary>
    public string TriggerType => Trigger.GetProperty("type").GetString()!;

    internal RpcFunctionMetadata Metadata { get; }

    internal bool IsHttp => TriggerType.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase);

    internal string TriggerName => Trigger.GetProperty("name").GetString()!;
}
