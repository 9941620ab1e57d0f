

using Denoised.Functions.Tests.Model;
using Denoised.Simulators.OpenAi;

namespace Denoised.Functions.Tests.Chaos;

/// <summary>One of the instances: a process that is killed, and started again under a new key, so that the model's ledger tells its lives apart. Shared by tests and benchmarks.</summary>
internal sealed class ChaosInstance(string name, string? program, IReadOnlyDictionary<string, string> settings, OpenAiSimulator model) : IAsyncDisposable
{
    private ProductProcess? process;
    private int life;

    /// <summary>The key of its present life.</summary>
    public string Key => $"{name}-{life}";

    /// <summary>The keys of lives that ended by a kill.</summary>
    public HashSet<string> Killed { get; } = new(StringComparer.Ordinal);

    /// <summary>What it said where it ended by itself.</summary>
    public List<string> Collapses { get; } = [];

    /// <summary>Warnings and errors that it wrote, by their first words.</summary>
    public IEnumerable<string> Output => process?.Output ?? [];

    /// <summary>Calls of its present life.</summary>
    public IEnumerable<OpenAiCall> Calls => model.Calls.Where(call => call.Key == Key);

    /// <summary>Whether one of its calls is being answered.</summary>
    public bool HasOpenCall => Calls.Any(call => call.EndedAt is null);

    /// <summary>Starts it.</summary>
    public void Start()
    {
        life++;
        process = ProductProcess.Start(new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["Summarizer__Key"] = Key, ["Arxiv__Contact"] = $"{Key}@example.org" }, program);
    }

    /// <summary>Starts it again where it ended by itself, as the platform does.</summary>
    public async Task KeepRunningAsync()
    {
        if (process is not { HasExited: true } ended)
            return;
        Collapses.Add(string.Join(Environment.NewLine, ended.Output));
        await ended.DisposeAsync();
        Start();
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
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
