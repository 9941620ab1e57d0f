using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Reads PDFs in a child process of the same binary. Kills the child if it exceeds its processor time, wall time or memory. A hostile file
/// therefore costs one paper its full text and nothing else. The child receives the file on standard input. Its environment holds only the
/// variables that .NET needs, so no settings or credentials.
/// </summary>
/// <param name="command">The command that starts the child.</param>
/// <param name="limits">The resource limits of the child.</param>
/// <param name="time">The clock for the wall time limit.</param>
public sealed class PdfChildProcess(PdfReaderCommand command, PdfReadLimits limits, TimeProvider time)
{
    /// <summary>The undocumented first argument that makes a program the child.</summary>
    public const string Argument = "--read-pdf";

    // A paper of 80 pages yields about 0.5 MB of JSON.
    private const int MaxAnswerBytes = 20 * 1024 * 1024;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);

    // The .NET host reads these to find itself, its libraries and a directory for temporary files.
    private static readonly string[] InheritedEnvironment =
        [
            "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH", "SystemRoot", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64",
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    /// <summary>The peak working set of the last finished child, in bytes; sampled every 50 ms.</summary>
    internal long LastPeakMemoryBytes { get; private set; }

    /// <summary>Reads the PDF. Throws only on cancellation.</summary>
    public async Task<PaperTextResult> ReadAsync(byte[] pdf, CancellationToken cancellationToken)
    {
        if (pdf.LongLength > limits.MaxBytes)
        {
            return PaperTextResult.Failed(
                PaperTextError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The PDF has {pdf.LongLength} bytes, more than {limits.MaxBytes}."));
        }

        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return PaperTextResult.Failed(PaperTextError.ReaderFailed, $"The PDF reader '{command.FileName}' cannot be started: {exception.Message}");
        }

        using var timeout = new CancellationTokenSource(limits.Timeout, time);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var ended = new CancellationTokenSource();
        var watch = MonitorAsync(process, stopped, ended.Token);
        try
        {
            var writing = WriteAsync(process, pdf, stopped.Token);
            var standardError = ReadBoundedAsync(process.StandardError.BaseStream, 64 * 1024, stopped.Token);
            var answer = await ReadBoundedAsync(process.StandardOutput.BaseStream, MaxAnswerBytes, stopped.Token);
            await process.WaitForExitAsync(stopped.Token);
            await writing;
            return await ReadResultAsync(process.ExitCode, answer, standardError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested
                ? CreateTimeout("took", limits.Timeout)
                : (await watch)!;
        }
        finally
        {
            Kill(process);
            await ended.CancelAsync();
            await watch;
        }
    }

    /// <summary>
    /// If the program was started as the child, reads the PDF from standard input, writes the result to standard output and returns true; the
    /// program then exits. Every program named by a <see cref="PdfReaderCommand"/> must call this first.
    /// </summary>
    public static bool TryRunChild(string[] args)
    {
        if (args is not [Argument, .. var rest])
            return false;

        PdfReadLimits read = rest is [var bytes, var pages]
            ? PdfReadLimits.Default with
            {
                MaxBytes = long.Parse(bytes, CultureInfo.InvariantCulture),
                MaxPages = int.Parse(pages, CultureInfo.InvariantCulture),
            }
            : PdfReadLimits.Default;

        using var input = Console.OpenStandardInput();
        using MemoryStream pdf = new();
        input.CopyTo(pdf);

        PaperTextResult reading = PaperTextResult.Failed(PaperTextError.ReaderFailed, "The PDF was not read.");
        // The parser recurses into nested objects. A large stack lets it reach its own depth limit before a stack overflow.
        Thread reader = new(() => reading = ReadInProcess(pdf.ToArray(), read), maxStackSize: 64 * 1024 * 1024);
        reader.Start();
        reader.Join();

        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, reading, PaperTextJson.Default.PaperTextResult);
        return true;
    }

    private static PaperTextResult ReadInProcess(byte[] pdf, PdfReadLimits limits)
    {
        // The parser swallows OutOfMemoryException and treats the page as empty, so detect the exception when it is thrown.
        var isOutOfMemory = false;
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => isOutOfMemory |= thrown.Exception is OutOfMemoryException;
        PaperTextResult? reading = null;
        try
        {
            reading = PdfPaperReader.Read(pdf, limits);
        }
        catch (OutOfMemoryException)
        {
            // Reported below.
        }

        return reading is { Document: not null } || reading is not null && !isOutOfMemory
            ? reading
            : PaperTextResult.Failed(PaperTextError.OutOfMemory, "Reading the PDF needed more memory than the reader's heap may have.");
    }

    private ProcessStartInfo StartInfo()
    {
        ProcessStartInfo start = new(command.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(limits.MaxBytes.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(limits.MaxPages.ToString(CultureInfo.InvariantCulture));

        start.Environment.Clear();
        foreach (var name in InheritedEnvironment)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        // The heap limit is below the working set limit, so the child itself reports most decompression bombs.
        start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MaxMemoryBytes * 7 / 10).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    /// <summary>Stops the child if it exceeds its processor time or memory.</summary>
    /// <returns>The reason; null if the child was not stopped.</returns>
    private async Task<PaperTextResult?> MonitorAsync(Process process, CancellationTokenSource stopped, CancellationToken ended)
    {
        long peak = 0;
        try
        {
            while (true)
            {
                await Task.Delay(WatchInterval, TimeProvider.System, ended);
                process.Refresh();
                if (process.HasExited)
                    return null;
                peak = Math.Max(peak, process.WorkingSet64);
                var reason = peak > limits.MaxMemoryBytes ? CreateOutOfMemory()
                    : process.TotalProcessorTime > limits.ProcessorTime ? CreateTimeout("computed for", limits.ProcessorTime)
                    : null;
                if (reason is not null)
                {
                    await stopped.CancelAsync();
                    return reason;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The read is complete.
            return null;
        }
        catch (InvalidOperationException)
        {
            // The process exited between two samples.
            return null;
        }
        finally
        {
            LastPeakMemoryBytes = peak;
        }
    }

    // A child that exits early closes the pipe. Its output or exit code then tells why.
    private static async Task WriteAsync(Process process, byte[] pdf, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(pdf, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Broken pipe.
        }
    }

    private static async Task<byte[]?> ReadBoundedAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using MemoryStream result = new();
        var buffer = new byte[32 * 1024];
        var within = true;
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            within &= result.Length + count <= limit;
            if (within)
                result.Write(buffer, 0, count);
        }

        return within ? result.ToArray() : null;
    }

    private async Task<PaperTextResult> ReadResultAsync(int exitCode, byte[]? answer, Task<byte[]?> standardError)
    {
        var said = await standardError is { Length: > 0 } bytes
            ? Characters.Shorten(Characters.CollapseWhiteSpace(System.Text.Encoding.UTF8.GetString(bytes)), 200)
            : "";
        if (answer is null)
            return PaperTextResult.Failed(
                PaperTextError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The PDF's text has more than {MaxAnswerBytes} bytes."));
        if (exitCode != 0)
        {
            return said.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase) || said.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
                ? CreateOutOfMemory()
                : PaperTextResult.Failed(
                    PaperTextError.ReaderFailed, string.Create(CultureInfo.InvariantCulture, $"The PDF reader ended with code {exitCode}: {said}"));
        }

        try
        {
            return JsonSerializer.Deserialize(answer, PaperTextJson.Default.PaperTextResult)
                ?? PaperTextResult.Failed(PaperTextError.ReaderFailed, "The PDF reader returned no result.");
        }
        catch (JsonException exception)
        {
            return PaperTextResult.Failed(PaperTextError.ReaderFailed, $"The PDF reader's result cannot be parsed: {exception.Message}");
        }
    }

    private static PaperTextResult CreateTimeout(string what, TimeSpan limit) => PaperTextResult.Failed(
        PaperTextError.TimedOut, string.Create(CultureInfo.InvariantCulture, $"Reading the PDF {what} more than {limit.TotalSeconds:0.#} seconds."));

    private PaperTextResult CreateOutOfMemory() => PaperTextResult.Failed(
        PaperTextError.OutOfMemory,
        string.Create(CultureInfo.InvariantCulture, $"Reading the PDF needed more than {limits.MaxMemoryBytes / (1024 * 1024)} MB of memory."));

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Already exited.
        }
    }
}
