namespace Denoised.TestSupport.Chaos;

/// <summary>
/// Draws faults for a share of requests. Each draw returns the applicable kind with the fewest draws so far. Shared by tests and benchmarks.
/// </summary>
/// <param name="seed">The seed of the draws.</param>
internal sealed class EvenFaults<TFault>(int seed)
    where TFault : struct, Enum
{
    private static readonly TFault[] kinds = Enum.GetValues<TFault>();

    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly Dictionary<TFault, int> drawn = [];

    /// <summary>Returns how often a kind was drawn.</summary>
    public int Count(TFault fault)
    {
        lock (gate)
            return drawn.GetValueOrDefault(fault);
    }

    /// <summary>Draws the fault of a request, or null.</summary>
    /// <param name="share">The share of requests with a fault, 0 to 1.</param>
    /// <param name="admits">Whether a kind applies to the request.</param>
    public TFault? Draw(double share, Func<TFault, bool> admits)
    {
        lock (gate)
        {
            if (random.NextDouble() >= share)
                return null;
            var admitted = kinds.Where(admits).ToList();
            if (admitted.Count == 0)
                return null;
            var fault = admitted.MinBy(kind => drawn.GetValueOrDefault(kind));
            drawn[fault] = drawn.GetValueOrDefault(fault) + 1;
            return fault;
        }
    }
}
