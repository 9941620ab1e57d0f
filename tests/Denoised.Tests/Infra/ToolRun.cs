using System.ComponentModel;
using System.Diagnostics;

namespace Denoised.Tests.Infra;

/// <summary>The result of a finished command.</summary>
/// <param name="ExitCode">0 is success; Bicep also returns it with warnings.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error, where Bicep writes its diagnostics.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs <paramref name="file"/> and reads both streams to the end. Kills it on <paramref name="cancellation"/>.</summary>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<ToolRun> RunAsync(
        string file, string folder, IEnumerable<string> arguments, CancellationToken cancellation, IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{file}' did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ToolRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Fails unless the command succeeded without diagnostics: Bicep reports a misspelt property as a warning only.</summary>
    public ToolRun WithoutDiagnostics()
    {
        Assert.True(ExitCode == 0 && string.IsNullOrWhiteSpace(Errors), $"exit code {ExitCode}\n{Errors}\n{Output}");
        return this;
    }
}
