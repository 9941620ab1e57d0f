using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Denoised.Arxiv.Text;

/// <summary>
/// Reads PDFs in a child process of the same binary, which is killed when it computes too long, does not end or takes too much memory: a hostile file costs one
/// paper its full text and nothing else. The child gets the file on its standard input and no environment beyond what .NET needs, so no settings or credentials.
/// </summary>
/// <param name="command">How the child is started.</param>
/// <param name="limits">What it may cost.</param>
/// <param name="time">Measures the time limit.</param>
public sealed class PdfChildProcess(PdfReaderCommand command, PdfReadLimits limits, TimeProvider time)
{
    /// <summary>The hidden first argument that makes a program the child.</summary>
    public const string Argument = "--read-pdf";

    // A paper of 80 pages gives about 0.5 MB of JSON.
    private const int MaxAnswerBytes = 20 * 1024 * 1024;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);

    // What the host of .NET looks at to find itself, its libraries and a place for temporary files.
    private static readonly string[] InheritedEnvironment =
        ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH", "SystemRoot", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    /// <summary>The largest working set that was seen of the last child to end, in bytes; looked at every 50 milliseconds.</summary>
    internal long LastPeakMemoryBytes { get; private set; }

    /// <summary>Reads the PDF. Fails only when cancelled.</summary>
    public async Task<PaperTextReading> ReadAsync(byte[] pdf, CancellationToken cancellationToken)
    {
        if (pdf.LongLength > limits.MaxBytes)
        {
            return PaperTextReading.Unusable(
                TextProblem.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The PDF has {pdf.LongLength} bytes, more than {limits.MaxBytes}."));
        }

        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return PaperTextReading.Unusable(TextProblem.ReaderFailed, $"The PDF reader '{command.FileName}' cannot be started: {exception.Message}");
        }

        using var timeout = new CancellationTokenSource(limits.Timeout, time);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var ended = new CancellationTokenSource();
        var watch = WatchAsync(process, stopped, ended.Token);
        try
        {
            var writing = WriteAsync(process, pdf, stopped.Token);
            var complaints = ReadBoundedAsync(process.StandardError.BaseStream, 64 * 1024, stopped.Token);
            var answer = await ReadBoundedAsync(process.StandardOutput.BaseStream, MaxAnswerBytes, stopped.Token);
            await process.WaitForExitAsync(stopped.Token);
            await writing;
            return await AnswerOfAsync(process.ExitCode, answer, complaints);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested
                ? TimedOut("took", limits.Timeout)
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
    /// When the program was started as the child, reads the PDF from standard input, writes the answer to standard output and returns true:
    /// the program then ends. Must be the first thing a program does that <see cref="PdfReaderCommand"/> names.
    /// </summary>
    public static bool TryRunChild(string[] args)
    {
        if (args is not [Argument, .. var rest])
            return false;

        PdfReadLimits read = rest is [var bytes, var pages]
            ? PdfReadLimits.Default with { MaxBytes = long.Parse(bytes, CultureInfo.InvariantCulture), MaxPages = int.Parse(pages, CultureInfo.InvariantCulture) }
            : PdfReadLimits.Default;

        using var input = Console.OpenStandardInput();
        using MemoryStream pdf = new();
        input.CopyTo(pdf);

        PaperTextReading reading = PaperTextReading.Unusable(TextProblem.ReaderFailed, "The PDF was not read.");
        // A deep nesting of objects recurses as deep: on a large stack the parser's own limit on depth is met before the stack's end.
        Thread reader = new(() => reading = ReadHere(pdf.ToArray(), read), maxStackSize: 64 * 1024 * 1024);
        reader.Start();
        reader.Join();

        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, reading, PaperTextJson.Default.PaperTextReading);
        return true;
    }

    private static PaperTextReading ReadHere(byte[] pdf, PdfReadLimits limits)
    {
        // The parser takes a page that it has no memory for as an empty one, so the exception must be seen where it is thrown.
        var starved = false;
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => starved |= thrown.Exception is OutOfMemoryException;
        PaperTextReading? reading = null;
        try
        {
            reading = PdfPaperReader.Read(pdf, limits);
        }
        catch (OutOfMemoryException)
        {
            // Told below.
        }

        return reading is { Paper: not null } || reading is not null && !starved
            ? reading
            : PaperTextReading.Unusable(TextProblem.OutOfMemory, "Reading the PDF needed more memory than the reader's heap may have.");
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

        // The heap ends before the working set does, so that most bombs are answered by the child itself.
        start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MaxMemoryBytes * 7 / 10).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    /// <summary>Stops the child where it computes too long or holds too much memory.</summary>
    /// <returns>Why; null where it was not stopped.</returns>
    private async Task<PaperTextReading?> WatchAsync(Process process, CancellationTokenSource stopped, CancellationToken ended)
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
                var reason = peak > limits.MaxMemoryBytes ? OutOfMemory()
                    : process.TotalProcessorTime > limits.ProcessorTime ? TimedOut("computed for", limits.ProcessorTime)
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
            // The reading is over.
            return null;
        }
        catch (InvalidOperationException)
        {
            // The process ended between two looks.
            return null;
        }
        finally
        {
            LastPeakMemoryBytes = peak;
        }
    }

    // A child that ends early closes its end: what it says then is in its answer or its exit code.
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

    private async Task<PaperTextReading> AnswerOfAsync(int exitCode, byte[]? answer, Task<byte[]?> complaints)
    {
        var said = await complaints is { Length: > 0 } bytes ? Characters.Shorten(Characters.CollapseWhiteSpace(System.Text.Encoding.UTF8.GetString(bytes)), 200) : "";
        if (answer is null)
            return PaperTextReading.Unusable(TextProblem.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The PDF's text has more than {MaxAnswerBytes} bytes."));
        if (exitCode != 0)
        {
            return said.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase) || said.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
                ? OutOfMemory()
                : PaperTextReading.Unusable(TextProblem.ReaderFailed, string.Create(CultureInfo.InvariantCulture, $"The PDF reader ended with code {exitCode}: {said}"));
        }

        try
        {
            return JsonSerializer.Deserialize(answer, PaperTextJson.Default.PaperTextReading)
                ?? PaperTextReading.Unusable(TextProblem.ReaderFailed, "The PDF reader gave no answer.");
        }
        catch (JsonException exception)
        {
            return PaperTextReading.Unusable(TextProblem.ReaderFailed, $"The PDF reader's answer is not understood: {exception.Message}");
        }
    }

    private static PaperTextReading TimedOut(string what, TimeSpan limit) => PaperTextReading.Unusable(
        TextProblem.TimedOut, string.Create(CultureInfo.InvariantCulture, $"Reading the PDF {what} more than {limit.TotalSeconds:0.#} seconds."));

    private PaperTextReading OutOfMemory() => PaperTextReading.Unusable(
        TextProblem.OutOfMemory, string.Create(CultureInfo.InvariantCulture, $"Reading the PDF needed more than {limits.MaxMemoryBytes / (1024 * 1024)} MB of memory."));

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
