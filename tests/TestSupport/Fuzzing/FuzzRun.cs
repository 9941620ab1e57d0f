using System.Diagnostics;
using System.Globalization;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>Gives a target its inputs, one after the other, and measures each.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    // A machine that does other things as well is slow for a moment; an input is slow each time.
    private const int Repetitions = 3;

    /// <summary>Inputs from one number on.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="beginning">Told each number before its input is read.</param>
    /// <param name="found">Told each finding.</param>
    public FuzzFigures Run(int from, int count, Action<int> beginning, Action<FuzzFinding> found)
    {
        var figures = new FuzzFigures();
        var thread = new Thread(
            () =>
            {
                for (var number = from; number < from + count; number++)
                {
                    beginning(number);
                    One(number, figures, found);
                }
            },
            target.StackSize);
        thread.Start();
        thread.Join();
        return figures;
    }

    private void One(int number, FuzzFigures figures, Action<FuzzFinding> found)
    {
        var input = target.Input(seed, number);
        var (time, allocated, end, thrown) = Measure(input);
        if (thrown is not null)
            found(new FuzzFinding(number, $"{thrown.GetType().Name}: {thrown.Message}\n{thrown.StackTrace}"));

        for (var again = 1; again < Repetitions && (time > target.MaxTime || time > figures.Slowest); again++)
        {
            if (Measure(input).Time is var repeated && repeated < time)
                time = repeated;
        }

        if (time > target.MaxTime)
            found(new FuzzFinding(number, string.Create(CultureInfo.InvariantCulture, $"It takes {time.TotalSeconds:0.0} s.")));
        if (allocated > target.MaxAllocation)
            found(new FuzzFinding(number, string.Create(CultureInfo.InvariantCulture, $"It allocates {allocated / 1048576} MB.")));
        figures.Count(number, end, time, allocated);
    }

    private (TimeSpan Time, long Allocated, string End, Exception? Thrown) Measure(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var used = Environment.CpuUsage.TotalTime;
        var end = "thrown";
        Exception? thrown = null;
        try
        {
            end = target.Read(input);
        }
#pragma warning disable CA1031 // That is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
        }

        // A machine with more to do than it can makes the clock's time long, and other threads make the process's: the input takes no more than either.
        var (passed, worked) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - used);
        return (passed < worked ? passed : worked, GC.GetAllocatedBytesForCurrentThread() - before, end, thrown);
    }
}

/// <summary>An input that was not read as it should be.</summary>
/// <param name="Number">Its number.</param>
/// <param name="What">What happened.</param>
internal sealed record FuzzFinding(int Number, string What);

/// <summary>What a run came to.</summary>
internal sealed class FuzzFigures
{
    /// <summary>How many inputs ended in which way.</summary>
    public SortedDictionary<string, int> Ends { get; init; } = new(StringComparer.Ordinal);

    public int Inputs { get; set; }

    /// <summary>The longest that an input takes: the best of three times where it is the longest so far.</summary>
    public TimeSpan Slowest { get; set; }

    public int SlowestNumber { get; set; }

    /// <summary>The most bytes that an input allocates.</summary>
    public long Largest { get; set; }

    public int LargestNumber { get; set; }

    public void Count(int number, string end, TimeSpan time, long allocated)
    {
        Inputs++;
        Ends[end] = Ends.GetValueOrDefault(end) + 1;
        if (time > Slowest)
            (Slowest, SlowestNumber) = (time, number);
        if (allocated > Largest)
            (Largest, LargestNumber) = (allocated, number);
    }

    /// <summary>Adds what another process came to.</summary>
    public void Add(FuzzFigures other)
    {
        Inputs += other.Inputs;
        foreach (var (end, count) in other.Ends)
            Ends[end] = Ends.GetValueOrDefault(end) + count;
        if (other.Slowest > Slowest)
            (Slowest, SlowestNumber) = (other.Slowest, other.SlowestNumber);
        if (other.Largest > Largest)
            (Largest, LargestNumber) = (other.Largest, other.LargestNumber);
    }
}
