using System.Text.Json;
using Denoised.Simulators.FunctionsHost.Protocol;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>A function as the worker has indexed it.</summary>
public sealed record HostedFunction
{
    internal HostedFunction(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        Bindings = [.. metadata.RawBindings.Select(binding => JsonDocument.Parse(binding).RootElement)];
        Trigger = Bindings.Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Its name.</summary>
    public string Name => Metadata.Name;

    /// <summary>Its bindings, as the JSON objects that the worker sends.</summary>
    public IReadOnlyList<JsonElement> Bindings { get; }

    /// <summary>The binding that starts it.</summary>
    public JsonElement Trigger { get; }

    /// <summary>The trigger's kind, such as <c>httpTrigger</c>.</summary>
    public string TriggerType => Trigger.GetProperty("type").GetString()!;

    internal RpcFunctionMetadata Metadata { get; }

    internal bool IsHttp => TriggerType.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase);

    internal string TriggerName => Trigger.GetProperty("name").GetString()!;
}
