using System.Collections.Immutable;

namespace Denoised.Simulators.OpenAi;

/// <summary>Records every call.</summary>
internal sealed class OpenAiLedger(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<OpenAiCall> calls = [];
    private readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    private int number;
    private int running;

    public int MostAtOnce { get; private set; }

    public IReadOnlyList<OpenAiCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public ImmutableDictionary<string, int> PaidCalls
    {
        get
        {
            lock (gate)
                return calls.Where(static c => c is { Paid: true, PaperId: not null }).GroupBy(static c => c.PaperId!, StringComparer.Ordinal).ToImmutableDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        }
    }

    public ImmutableDictionary<string, int> PaidDays
    {
        get
        {
            lock (gate)
                return calls.Where(static c => c is { Paid: true, Day: not null }).GroupBy(static c => c.Day!, StringComparer.Ordinal).ToImmutableDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        }
    }

    public OpenAiCall Begin(string? paperId, string? model, string? day = null, string? key = null)
    {
        lock (gate)
        {
            var attempt = 1;
            if ((paperId ?? day) is { } about)
            {
                attempt = attempts.GetValueOrDefault(about) + 1;
                attempts[about] = attempt;
            }

            var call = new OpenAiCall(++number, clock.GetUtcNow(), paperId, attempt) { Model = model, Day = day, Key = key };
            calls.Add(call);
            MostAtOnce = Math.Max(MostAtOnce, ++running);
            return call;
        }
    }

    /// <summary>Replaces the record of a call.</summary>
    public void Update(OpenAiCall call)
    {
        lock (gate)
        {
            var index = calls.FindIndex(c => c.Number == call.Number);
            if (index < 0)
                return;
            if (call.EndedAt is not null && calls[index].EndedAt is null)
                running--;
            calls[index] = call;
        }
    }

    /// <summary>Clears all completed calls and the attempts of every paper.</summary>
    public void Clear()
    {
        lock (gate)
        {
            calls.RemoveAll(static c => c.EndedAt is not null);
            attempts.Clear();
            MostAtOnce = running;
        }
    }
}
