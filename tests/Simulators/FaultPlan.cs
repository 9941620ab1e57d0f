using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Denoised.Simulators;

/// <summary>
/// Injects faults into requests. The decision depends only on the seed, the request's key and the number of requests with that key,
/// so a run is reproducible regardless of the order of requests.
/// </summary>
/// <typeparam name="TFault">The kinds of fault.</typeparam>
public sealed class FaultPlan<TFault>
    where TFault : struct, Enum
{
    private readonly ConcurrentDictionary<string, int> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TFault, int> counts = new();
    private readonly Lock gate = new();
    private readonly Queue<TFault> next = [];
    private volatile ImmutableDictionary<TFault, double> rates = ImmutableDictionary<TFault, double>.Empty;

    /// <summary>The seed of all decisions.</summary>
    public int Seed { get; set; }

    /// <summary>The number of injected faults of each kind, including queued ones and those chosen by a callback.</summary>
    public IReadOnlyDictionary<TFault, int> Counts => counts.ToImmutableDictionary();

    /// <summary>The number of all injected faults.</summary>
    public int Total => counts.Values.Sum();

    /// <summary>The fault rate of each kind, 0 to 1.</summary>
    public IReadOnlyDictionary<TFault, double> Rates => rates;

    /// <summary>Sets the rate of one kind of fault.</summary>
    /// <param name="fault">The kind.</param>
    /// <param name="rate">0 to 1; the sum over all kinds must not exceed 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the sum of all rates is not between 0 and 1.</exception>
    public void SetRate(TFault fault, double rate)
    {
        if (double.IsNaN(rate) || rate < 0 || rate > 1)
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"The rate of {fault} must be between 0 and 1.");
        lock (gate)
        {
            var changed = rates.SetItem(fault, rate);
            if (changed.Values.Sum() > 1 + 1e-9)
                throw new ArgumentOutOfRangeException(nameof(rate), rate, $"With {fault} at {rate} the rates of all faults exceed 1.");
            rates = changed;
        }
    }

    /// <summary>Distributes a total rate equally among some kinds; sets all others to 0.</summary>
    /// <param name="total">The total fault rate, 0 to 1.</param>
    /// <param name="kinds">The kinds; if empty, all kinds.</param>
    public void SetTotalRate(double total, params TFault[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (double.IsNaN(total) || total < 0 || total > 1)
            throw new ArgumentOutOfRangeException(nameof(total), total, "The rate of all faults together must be between 0 and 1.");
        var chosen = kinds.Length == 0 ? Enum.GetValues<TFault>() : kinds;
        lock (gate)
            rates = chosen.ToImmutableDictionary(static kind => kind, _ => total / chosen.Length);
    }

    /// <summary>Injects a fault into the next requests, regardless of the rates.</summary>
    public void FailNext(TFault fault, int times = 1)
    {
        lock (gate)
        {
            for (var i = 0; i < times; i++)
                next.Enqueue(fault);
        }
    }

    /// <summary>Selects and counts the fault for the next request with a key; null for no fault.</summary>
    /// <param name="key">Identifies equal requests, for example by path and query.</param>
    /// <param name="applies">Whether a kind is applicable to this request; others are not drawn.</param>
    /// <param name="forced">A fault chosen by a callback; it takes precedence.</param>
    internal TFault? Draw(string key, Func<TFault, bool> applies, TFault? forced = null)
    {
        var fault = forced ?? (TryTakeQueued(applies, out var queued) ? queued : Roll(key, applies));
        if (fault is { } given)
            counts.AddOrUpdate(given, 1, static (_, n) => n + 1);
        return fault;
    }

    /// <summary>Counts a fault that was not selected by this plan.</summary>
    internal void Count(TFault fault) => counts.AddOrUpdate(fault, 1, static (_, n) => n + 1);

    // A queued fault that is not applicable to this request stays queued.
    private bool TryTakeQueued(Func<TFault, bool> applies, out TFault fault)
    {
        lock (gate)
            return next.TryPeek(out fault) && applies(fault) && next.TryDequeue(out fault);
    }

    private TFault? Roll(string key, Func<TFault, bool> applies)
    {
        var current = rates;
        if (current.IsEmpty)
            return null;
        var nth = asked.AddOrUpdate(key, 1, static (_, n) => n + 1);
        var point = Chance.Share(Seed, key, nth);
        foreach (var (fault, rate) in current.OrderBy(static pair => pair.Key))
        {
            if (!applies(fault))
                continue;
            if (point < rate)
                return fault;
            point -= rate;
        }

        return null;
    }
}
