namespace Denoised.LocalHost.Terminal;

/// <summary>
/// The console: lines that stay, and below them one line of progress that is rewritten in place. Where the output is no terminal, a change of progress is a line of its own.
/// </summary>
/// <param name="output">The console.</param>
/// <param name="width">The terminal's width in characters; null where the output is no terminal.</param>
internal sealed class LiveConsole(TextWriter output, int? width)
{
    private const string ClearLine = "\r\u001b[2K";

    private readonly Lock gate = new();
    private string progress = "";

    /// <summary>The process's own console.</summary>
    public static LiveConsole OfProcess() => new(Console.Out, Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, 40));

    /// <summary>Writes a line that stays.</summary>
    public void WriteLine(string line)
    {
        lock (gate)
        {
            Latest = line;
            var isBelow = width is not null && progress.Length > 0;
            output.WriteLine(isBelow ? ClearLine + line : line);
            if (isBelow)
                output.Write(progress);
            output.Flush();
        }
    }

    /// <summary>The newest line that stays.</summary>
    public string Latest { get; private set; } = "";

    /// <summary>Writes the last line, below the progress.</summary>
    public void WriteLast(string line)
    {
        lock (gate)
        {
            if (width is not null && progress.Length > 0)
                output.WriteLine();
            progress = "";
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>Shows how far the work has come. The same as before writes nothing.</summary>
    public void ShowProgress(string line)
    {
        lock (gate)
        {
            // A line that wraps could not be cleared.
            if (width is { } most && line.Length >= most)
                line = string.Concat(line.AsSpan(0, most - 2), "…");
            if (line == progress)
                return;
            progress = line;
            if (width is not null)
                output.Write(ClearLine + line);
            else
                output.WriteLine(line);
            output.Flush();
        }
    }
}
