using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>The worker process, started with the arguments and environment variables of the real host.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptLines = 500;

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];

    private WorkerProcess(Process process) => this.process = process;

    /// <summary>The latest lines of the worker's output and log.</summary>
    public string Output => string.Join(Environment.NewLine, output);

    /// <summary>The process identifier.</summary>
    public int Id => process.Id;

    /// <summary>The used processor time.</summary>
    public TimeSpan Computed
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Completes when the process exits.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>Starts the process.</summary>
    /// <param name="options">The program and its settings.</param>
    /// <param name="rpc">The address of the host's gRPC service.</param>
    public static WorkerProcess Start(FunctionsHostOptions options, Uri rpc)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.Program))!;
        var (workerId, requestId) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var largest = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.GetFullPath(options.Program),
                "--host", rpc.Host, "--port", rpc.Port.ToString(CultureInfo.InvariantCulture),
                "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", largest,
                "--functions-uri", rpc.AbsoluteUri, "--functions-worker-id", workerId, "--functions-request-id", requestId,
                "--functions-grpc-max-message-length", largest,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in options.Settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";

        var worker = new WorkerProcess(Process.Start(start)!);
        worker.process.OutputDataReceived += (_, line) => worker.Keep(line.Data);
        worker.process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Adds a line to <see cref="Output"/>.</summary>
    public void Keep(string? line)
    {
        if (line is null)
            return;
        output.Enqueue(line);
        while (output.Count > KeptLines)
            output.TryDequeue(out _);
    }

    /// <summary>Kills the process, to simulate a crash.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
