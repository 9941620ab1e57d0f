namespace Denoised.Simulators;

/// <summary>Stateless pseudo-random numbers: they depend only on their inputs, not on the machine or the order of calls.</summary>
internal static class Chance
{
    /// <summary>Gets a number in [0, 1) from a seed, a key and a count.</summary>
    public static double Share(int seed, string key, int nth = 0) => (Bits(seed, key, nth) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Gets an integer in [0, <paramref name="below"/>).</summary>
    public static int Below(int below, int seed, string key, int nth = 0) => (int)(Share(seed, key, nth) * below);

    /// <summary>Gets a standard normal deviate (Box–Muller transform).</summary>
    public static double Normal(int seed, string key, int nth = 0)
    {
        var radius = 1 - Share(seed, key, (2 * nth) + 1);
        var angle = Share(seed, key, (2 * nth) + 2);
        return Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
    }

    // FNV-1a over the key, then the finalizer of SplitMix64: similar keys give unrelated numbers.
    private static ulong Bits(int seed, string key, int nth)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in key)
            hash = (hash ^ letter) * 1099511628211UL;
        hash ^= ((ulong)(uint)seed << 32) | (uint)nth;
        hash += 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
