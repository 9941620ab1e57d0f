namespace Denoised.LocalHost.Terminal;

/// <summary>
/// A console with permanent lines above one progress line, which is rewritten in place. If the output is not a terminal, each progress update is a
/// separate line.
/// </summary>
/// <param name="output">The console.</param>
/// <param name="width">The terminal's width in characters; null if the output is not a terminal.</param>
internal sealed class LiveConsole(TextWriter output, int? width)
{
    private const string ClearLine = "\r\u001b[2K";

    private readonly Lock gate = new();
    private string progress = "";

    /// <summary>Creates a console for the process's standard output.</summary>
    public static LiveConsole OfProcess() => new(Console.Out, Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, 40));

    /// <summary>Writes a permanent line.</summary>
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

    /// <summary>The latest permanent line.</summary>
    public string Latest { get; private set; } = "";

    /// <summary>Writes the final line, below the progress line.</summary>
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

    /// <summary>Updates the progress line unless it is unchanged.</summary>
    public void ShowProgress(string line)
    {
        lock (gate)
        {
            // A wrapped line could not be cleared.
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
