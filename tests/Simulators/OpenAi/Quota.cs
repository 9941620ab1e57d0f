namespace Denoised.Simulators.OpenAi;

/// <summary>A token bucket with a continuous refill.</summary>
internal sealed class Quota
{
    private readonly int perMinute;
    private readonly double capacity;
    private readonly TimeProvider clock;
    private double level;
    private long at;

    /// <param name="perMinute">The refill rate; 0 for no limit.</param>
    /// <param name="capacity">The capacity, which limits a single withdrawal.</param>
    /// <param name="clock">The clock.</param>
    public Quota(int perMinute, double capacity, TimeProvider clock)
    {
        (this.perMinute, this.capacity, this.clock) = (perMinute, capacity, clock);
        (level, at) = (capacity, clock.GetTimestamp());
    }

    /// <summary>The current level; the maximum integer without a limit.</summary>
    public int Remaining => perMinute <= 0 ? int.MaxValue : (int)Math.Max(0, Filled());

    /// <summary>The time until an amount is available; zero if it is available now.</summary>
    public TimeSpan WaitFor(double amount)
    {
        if (perMinute <= 0)
            return TimeSpan.Zero;
        var missing = Math.Min(amount, capacity) - Filled();
        // An amount above the capacity is always told to wait. A deficit of up to 0.001 is a rounding error.
        return missing > 0.001 || amount > capacity ? TimeSpan.FromMinutes(Math.Max(missing, 1) / perMinute) : TimeSpan.Zero;
    }

    public void Take(double amount)
    {
        if (perMinute > 0)
            level = Filled() - amount;
    }

    private double Filled()
    {
        var now = clock.GetTimestamp();
        level = Math.Min(capacity, level + (clock.GetElapsedTime(at, now).TotalMinutes * perMinute));
        at = now;
        return level;
    }
}
