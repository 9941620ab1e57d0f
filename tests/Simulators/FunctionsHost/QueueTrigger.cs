using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Denoised.Simulators.FunctionsHost.Protocol;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>Delivers a queue's messages to its function one at a time; handles success, failure and poison messages like the real host.</summary>
public sealed class QueueTrigger
{
    /// <summary>The real host's visibility timeout.</summary>
    private static readonly TimeSpan leased = TimeSpan.FromMinutes(10);

    private readonly FunctionsHostSimulator host;
    private readonly HostedFunction function;
    private readonly QueueClient poison;
    private readonly int maxDequeueCount;

    /// <summary>Creates a trigger for a queue function.</summary>
    /// <param name="host">The host, whose settings specify the storage account.</param>
    /// <param name="name">The function.</param>
    public QueueTrigger(FunctionsHostSimulator host, string name)
    {
        ArgumentNullException.ThrowIfNull(host);
        this.host = host;
        function = host.Function(name);
        var queue = function.Trigger.GetProperty("queueName").GetString()!;
        var account = host.Options.Settings["AzureWebJobsStorage"];
        Queue = new QueueClient(account, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        poison = new QueueClient(account, queue + "-poison");

        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(host.Options.Program)!, "host.json")));
        maxDequeueCount = settings.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("maxDequeueCount").GetInt32();
    }

    /// <summary>The queue.</summary>
    public QueueClient Queue { get; }

    /// <summary>
    /// Runs the function with the next visible message. Deletes the message on success, makes it visible again on failure, and moves it to the poison queue
    /// after the last attempt.
    /// </summary>
    /// <param name="ct">Cancels the invocation.</param>
    /// <returns>The result; null if no message was visible.</returns>
    public async Task<InvocationOutcome?> DeliverAsync(CancellationToken ct = default)
    {
        if ((await Queue.ReceiveMessageAsync(leased, CancellationToken.None)).Value is not { } message)
            return null;
        var outcome = await host.InvokeAsync(function, new TypedData { Text = message.Body.ToString() }, Metadata(message), ct);
        if (outcome.Status == InvocationStatus.Success)
        {
            await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
        }
        else if (message.DequeueCount < maxDequeueCount)
        {
            await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: CancellationToken.None);
        }
        else
        {
            // The text as stored in the queue: Base64.
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(Convert.ToBase64String(message.Body), CancellationToken.None);
            await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>
    /// Creates a message's trigger metadata: strings as text, other values as JSON. The top-level properties of a JSON object message are added, and
    /// replace message metadata of the same name (for example <c>id</c>).
    /// </summary>
    private static Dictionary<string, TypedData> Metadata(QueueMessage message)
    {
        var text = message.Body.ToString();
        var metadata = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = new() { Text = text },
            ["DequeueCount"] = new() { Json = message.DequeueCount.ToString(CultureInfo.InvariantCulture) },
            ["Id"] = new() { Text = message.MessageId },
            ["PopReceipt"] = new() { Text = message.PopReceipt },
            ["InsertionTime"] = new() { Json = JsonSerializer.Serialize(message.InsertedOn) },
            ["ExpirationTime"] = new() { Json = JsonSerializer.Serialize(message.ExpiresOn) },
            ["NextVisibleTime"] = new() { Json = JsonSerializer.Serialize(message.NextVisibleOn) },
        };
        if (!text.TrimStart().StartsWith('{'))
            return metadata;
        try
        {
            using var parsed = JsonDocument.Parse(text);
            foreach (var property in parsed.RootElement.EnumerateObject().Where(property => property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)))
            {
                metadata[property.Name] = property.Value.ValueKind == JsonValueKind.Object
                    ? new() { Json = property.Value.GetRawText() }
                    : new() { Text = property.Value.ToString() };
            }
        }
        catch (JsonException)
        {
            // Not JSON: there are no properties to add.
        }

        return metadata;
    }
}
