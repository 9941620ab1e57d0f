using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Denoised.Tests;

/// <summary>
/// The processor time of the current thread on Linux, which does not depend on other work on the machine. Elsewhere the time of the clock.
/// </summary>
internal static class ThreadTime
{
    private const int ClockOfThread = 3;

    /// <summary>Measures work that runs only on the current thread.</summary>
    public static TimeSpan Of(Action work)
    {
        var start = Now();
        work();
        return Now() - start;
    }

    private static TimeSpan Now()
    {
        if (!OperatingSystem.IsLinux())
            return Stopwatch.GetElapsedTime(0);
        if (GetTime(ClockOfThread, out var time) != 0)
            throw new Win32Exception();
        return TimeSpan.FromSeconds((long)time.Seconds) + TimeSpan.FromMicroseconds((long)time.Nanoseconds / 1000);
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
