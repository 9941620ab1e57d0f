namespace Denoised.Benchmarks;

/// <summary>A goal that a measurement is compared with.</summary>
internal static class Goal
{
    /// <summary>Prints whether a goal holds.</summary>
    /// <param name="goal">The goal and what was measured, in one line.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <returns>Whether it holds.</returns>
    public static bool Report(string goal, bool holds)
    {
        Console.WriteLine($"  {(holds ? "holds" : "FAILS")}: {goal}");
        return holds;
    }
}
