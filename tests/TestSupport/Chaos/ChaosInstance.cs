using Denoised.Simulators.OpenAi;

namespace Denoised.TestSupport.Chaos;

/// <summary>
/// A product process that is killed and restarted with a new key, so that the simulated model can tell the restarts apart. Shared by tests and benchmarks.
/// </summary>
internal sealed class ChaosInstance(string name, string? program, IReadOnlyDictionary<string, string> settings, OpenAiSimulator model) : IAsyncDisposable
{
    private LocalHostProcess? process;
    private int life;

    /// <summary>The key of the current process.</summary>
    public string Key => $"{name}-{life}";

    /// <summary>The keys of the killed processes.</summary>
    public HashSet<string> Killed { get; } = new(StringComparer.Ordinal);

    /// <summary>The output of the processes that ended by themselves.</summary>
    public List<string> Collapses { get; } = [];

    /// <summary>The latest lines that the current process wrote.</summary>
    public IEnumerable<string> Output => process?.Output ?? [];

    /// <summary>The model calls of the current process.</summary>
    public IEnumerable<OpenAiCall> Calls => model.Calls.Where(call => call.Key == Key);

    /// <summary>Whether a model call is in flight.</summary>
    public bool HasOpenCall => Calls.Any(call => call.EndedAt is null);

    public void Start()
    {
        life++;
        process = LocalHostProcess.Start(new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["Summarizer__Key"] = Key, ["Arxiv__Contact"] = $"{Key}@example.org" }, program);
    }

    /// <summary>Restarts the process like the platform if it has ended by itself.</summary>
    public async Task KeepRunningAsync()
    {
        if (process is not { HasExited: true } ended)
            return;
        Collapses.Add(string.Join(Environment.NewLine, ended.Output));
        await ended.DisposeAsync();
        Start();
    }

    /// <summary>Kills the process (SIGKILL).</summary>
    public async Task KillAsync()
    {
        Killed.Add(Key);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
            await running.DisposeAsync();
        process = null;
    }
}
