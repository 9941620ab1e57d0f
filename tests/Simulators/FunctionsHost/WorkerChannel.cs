using System.Collections.Concurrent;
using System.Threading.Channels;
using Denoised.Simulators.FunctionsHost.Protocol;
using Grpc.Core;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>The host's side of the worker's gRPC stream: sends requests and matches responses to them.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> pending = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? ended;

    /// <summary>The worker's identifier from its first message.</summary>
    public Task<string> Started => started.Task;

    /// <summary>Receives the worker's log entries.</summary>
    public Action<RpcLog>? Logged { get; init; }

    /// <summary>Serves the stream until the worker closes it.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker, CancellationToken closed)
    {
        var sending = SendAllAsync(toWorker, closed);
        try
        {
            while (await fromWorker.MoveNext(closed))
                Receive(fromWorker.Current);
            End(new IOException("The worker has closed the stream."));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            End(new IOException("The worker's stream broke.", exception));
        }

        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Sends a message that has no response.</summary>
    public void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <summary>Sends a request and waits for its response.</summary>
    /// <param name="key">The request or invocation identifier.</param>
    /// <param name="message">The request.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="IOException">The worker has disconnected.</exception>
    public async Task<StreamingMessage> AskAsync(string key, StreamingMessage message, CancellationToken ct)
    {
        var response = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[key] = response;
        if (ended is { } exception)
            response.TrySetException(exception);
        Send(message);
        try
        {
            return await response.Task.WaitAsync(ct);
        }
        finally
        {
            pending.TryRemove(key, out _);
        }
    }

    /// <summary>Fails all pending requests.</summary>
    public void End(Exception exception)
    {
        ended = exception;
        outgoing.Writer.TryComplete();
        started.TrySetException(exception);
        foreach (var response in pending.Values)
            response.TrySetException(exception);
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                started.TrySetResult(message.StartStream.WorkerId);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logged?.Invoke(message.RpcLog);
                break;
            default:
                var key = message.InvocationResponse?.InvocationId ?? message.RequestId;
                if (pending.TryGetValue(key, out var response))
                    response.TrySetResult(message);
                break;
        }
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken closed)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(closed))
            await toWorker.WriteAsync(message, closed);
    }
}

/// <summary>The gRPC service that a worker connects to.</summary>
internal sealed class WorkerService(WorkerChannel channel) : FunctionRpc.FunctionRpcBase
{
    /// <inheritdoc/>
    public override Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context) =>
        channel.RunAsync(requestStream, responseStream, context.CancellationToken);
}
