namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a queue, at least once.</summary>
/// <param name="queueName">The queue; it is created where it is missing.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    /// <summary>The setting that holds the connection. Left unset: <c>AzureWebJobsStorage</c>, the only one that is supported here.</summary>
    public string? Connection { get; set; }

    internal string QueueName { get; } = queueName;
}
