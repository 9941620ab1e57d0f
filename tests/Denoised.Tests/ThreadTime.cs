using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Denoised.Tests;

/// <summary>The processor time of the current thread on Linux, where it does not depend on what else the machine does; elsewhere the clock's.</summary>
internal static class ThreadTime
{
    private const int ClockOfThread = 3;

    /// <summary>How much work takes that runs on the current thread alone.</summary>
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
