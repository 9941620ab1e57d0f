namespace Denoised.Simulators.OpenAi;

/// <summary>A bucket that fills evenly; what does not fit must wait.</summary>
internal sealed class Quota
{
    private readonly int perMinute;
    private readonly double capacity;
    private readonly TimeProvider clock;
    private double level;
    private long at;

    /// <param name="perMinute">0 for no limit.</param>
    /// <param name="capacity">The most that can be taken at once.</param>
    /// <param name="clock">The clock.</param>
    public Quota(int perMinute, double capacity, TimeProvider clock)
    {
        (this.perMinute, this.capacity, this.clock) = (perMinute, capacity, clock);
        (level, at) = (capacity, clock.GetTimestamp());
    }

    /// <summary>What is left; everything where there is no limit.</summary>
    public int Remaining => perMinute <= 0 ? int.MaxValue : (int)Math.Max(0, Filled());

    /// <summary>How long until so much fits; zero when it fits now.</summary>
    public TimeSpan WaitFor(double amount)
    {
        if (perMinute <= 0)
            return TimeSpan.Zero;
        var missing = Math.Min(amount, capacity) - Filled();
        // What never fits is told to wait, again and again. A thousandth is the sums' own error, not a lack.
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
