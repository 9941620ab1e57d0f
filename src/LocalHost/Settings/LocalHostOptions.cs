namespace Denoised.LocalHost.Settings;

/// <summary>The options of this runtime: configuration section <c>LocalHost</c>.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "LocalHost";

    /// <summary>The port of the HTTP functions; 0 selects a free one.</summary>
    public int ApiPort { get; init; } = 7071;

    /// <summary>The port of the page; 0 selects a free one.</summary>
    public int SitePort { get; init; } = 8080;

    /// <summary>The key for functions above <c>Anonymous</c>. If null, they always return 401.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>
    /// The visibility timeout of a received message, renewed at half of it. 10 min is a constant of the host; storage counts whole seconds.
    /// </summary>
    public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The time between a stop request and the cancellation of running functions.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time that a function has to respond to a cancelled token.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether to build the page at startup if its sources are newer, and publish it.</summary>
    public bool BuildPage { get; init; } = true;

    /// <summary>
    /// The offset of the product's clock from the system clock; may be negative. Simulates another day or instances with different clocks.
    /// </summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Whether to print the stack trace of a failed start.</summary>
    public bool StackTrace { get; init; }

    /// <summary>Whether to print addresses and progress.</summary>
    public bool Console { get; init; } = true;
}
