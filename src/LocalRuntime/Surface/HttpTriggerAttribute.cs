namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each request of these methods under <c>/api</c>.</summary>
/// <param name="authLevel">What key the caller must send.</param>
/// <param name="methods">The methods, in any case; none means all. A request of another method is answered 404, and HEAD is no part of GET.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>The route below <c>/api</c>, such as <c>days/{day}</c> or <c>papers/{*id}</c>. Left unset: the function's name.</summary>
    public string? Route { get; set; }

    internal AuthorizationLevel AuthLevel { get; } = authLevel;

    internal string[] Methods { get; } = methods;
}
