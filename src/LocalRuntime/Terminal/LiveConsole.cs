namespace Denoised.LocalRuntime.Terminal;

/// <summary>
/// The console: lines that stay, and below them one line of progress that is rewritten in place. Where the output is no terminal, a change of progress is a line of its own.
/// </summary>
internal sealed class LiveConsole(TextWriter output, bool isInteractive)
{
    private const string ClearLine = "\r\u001b[2K";

    private readonly Lock gate = new();
    private string progress = "";

    /// <summary>The process's own console.</summary>
    public static LiveConsole OfProcess() => new(Console.Out, !Console.IsOutputRedirected);

    /// <summary>Writes a line that stays.</summary>
    public void WriteLine(string line)
    {
        lock (gate)
        {
            if (isInteractive && progress.Length > 0)
                output.Write(ClearLine + line + Environment.NewLine + progress);
            else
                output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>Shows how far the work has come. The same as before writes nothing.</summary>
    public void ShowProgress(string line)
    {
        lock (gate)
        {
            if (line == progress)
                return;
            progress = line;
            if (isInteractive)
                output.Write(ClearLine + line);
            else
                output.WriteLine(line);
            output.Flush();
        }
    }
}
