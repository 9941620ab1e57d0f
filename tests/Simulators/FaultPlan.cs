using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Denoised.Simulators;

/// <summary>
/// Decides which request meets which fault. The decision is a function of the seed, the request's key and how often that key was asked,
/// so a run repeats whatever order its requests arrive in.
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

    /// <summary>How often each kind of fault was given, by rate, by queue or by callback.</summary>
    public IReadOnlyDictionary<TFault, int> Counts => counts.ToImmutableDictionary();

    /// <summary>All faults given.</summary>
    public int Total => counts.Values.Sum();

    /// <summary>The share of requests that meet each kind, 0 to 1.</summary>
    public IReadOnlyDictionary<TFault, double> Rates => rates;

    /// <summary>Sets the share of requests that meet one kind of fault.</summary>
    /// <param name="fault">The kind.</param>
    /// <param name="rate">0 to 1; the sum over all kinds may not exceed 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate, or the sum of all rates, is not a share.</exception>
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

    /// <summary>Shares one rate equally among kinds; all others get 0.</summary>
    /// <param name="total">The share of requests that meet any fault, 0 to 1.</param>
    /// <param name="kinds">All kinds when none is given.</param>
    public void SetTotalRate(double total, params TFault[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (double.IsNaN(total) || total < 0 || total > 1)
            throw new ArgumentOutOfRangeException(nameof(total), total, "The rate of all faults together must be between 0 and 1.");
        var chosen = kinds.Length == 0 ? Enum.GetValues<TFault>() : kinds;
        lock (gate)
            rates = chosen.ToImmutableDictionary(static kind => kind, _ => total / chosen.Length);
    }

    /// <summary>Makes the next requests meet a fault, whatever the rates say.</summary>
    public void FailNext(TFault fault, int times = 1)
    {
        lock (gate)
        {
            for (var i = 0; i < times; i++)
                next.Enqueue(fault);
        }
    }

    /// <summary>What the next request with this key meets; counted.</summary>
    /// <param name="key">What makes requests alike, such as path and query.</param>
    /// <param name="applies">Which kinds make sense for this request; the others are left out of the draw.</param>
    /// <param name="forced">A fault that a callback chose; it wins.</param>
    internal TFault? Draw(string key, Func<TFault, bool> applies, TFault? forced = null)
    {
        var fault = forced ?? (TryTakeQueued(applies, out var queued) ? queued : Roll(key, applies));
        if (fault is { } given)
            counts.AddOrUpdate(given, 1, static (_, n) => n + 1);
        return fault;
    }

    /// <summary>Counts a fault that was given for another reason than the plan.</summary>
    internal void Count(TFault fault) => counts.AddOrUpdate(fault, 1, static (_, n) => n + 1);

    // What does not make sense for this request waits for one for which it does.
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
