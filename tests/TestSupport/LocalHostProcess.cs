using System.Collections.Concurrent;
using System.Diagnostics;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;

namespace Denoised.TestSupport;

/// <summary>The product as a process that can be killed. The program is in the output folder of each project that references this one.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    private readonly Process process;

    private LocalHostProcess(Process process) => this.process = process;

    /// <summary>The latest lines of output.</summary>
    public ConcurrentQueue<string> Output { get; } = [];

    /// <summary>The processor time of the process, on all cores.</summary>
    public TimeSpan Computed
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The peak memory of the process, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The current memory of the process, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public bool HasExited => process.HasExited;

    /// <summary>The settings of an instance with a simulated arXiv and a simulated model, on the morning of the simulated day.</summary>
    public static Dictionary<string, string> Settings(string connection, ArxivSimulator arxiv, OpenAiSimulator model) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = connection,
        ["Arxiv__FeedAddress"] = arxiv.Address.ToString(),
        ["Arxiv__ApiAddress"] = arxiv.Address.ToString(),
        ["Arxiv__PageAddress"] = arxiv.Address.ToString(),
        ["Arxiv__Categories"] = "cs.LG",
        ["Arxiv__ApiInterval"] = arxiv.Options.FeedAndApiInterval.ToString("c"),
        ["Arxiv__PageInterval"] = arxiv.Options.PagesInterval.ToString("c"),
        ["Arxiv__ClockMargin"] = "00:00:00",
        ["Summarizer__Endpoint"] = model.Endpoint.ToString(),
        ["Summarizer__Key"] = "a key for a simulator",
        ["Summarizer__FullText"] = "false",

        // One call per paper, because tests count the paid calls.
        ["Summarizer__Verify"] = "false",
        ["Publishing__MinimumInterval"] = "00:00:10",
        ["LocalHost__ApiPort"] = "0",
        ["LocalHost__SitePort"] = "0",
        ["LocalHost__BuildPage"] = "false",
        ["LocalHost__Console"] = "false",
        ["LocalHost__ClockOffset"] = (new DateTimeOffset(arxiv.Today.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero) - DateTimeOffset.UtcNow).ToString("c"),
        ["CollectSchedule"] = "0 0 0 1 1 *",
        ["PurgeSchedule"] = "0 0 0 1 1 *",
    };

    /// <summary>Starts a process, which finds its work by itself.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="program">
    /// The path of another <c>Denoised.LocalHost.dll</c> than the one beside this program, such as the published, ahead-of-time compiled one.
    /// </param>
    public static LocalHostProcess Start(IReadOnlyDictionary<string, string> settings, string? program = null)
    {
        var start = new ProcessStartInfo("dotnet", [program ?? Path.Combine(AppContext.BaseDirectory, "Denoised.LocalHost.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var started = new LocalHostProcess(Process.Start(start)!);
        started.process.OutputDataReceived += started.Keep;
        started.process.ErrorDataReceived += started.Keep;
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Kills the process (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        Output.Enqueue(line.Data);
        while (Output.Count > 200)
            Output.TryDequeue(out _);
    }
}
