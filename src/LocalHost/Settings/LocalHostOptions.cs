namespace Denoised.LocalHost.Settings;

/// <summary>What can be set about this runtime itself: configuration section <c>LocalHost</c>.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "LocalHost";

    /// <summary>The port of the HTTP functions; 0 takes a free one.</summary>
    public int ApiPort { get; init; } = 7071;

    /// <summary>The port of the page; 0 takes a free one.</summary>
    public int SitePort { get; init; } = 8080;

    /// <summary>The key that functions above <c>Anonymous</c> ask for. None set: they answer 401 to everybody.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>How long a received message stays invisible, renewed at half of it. Ten minutes is a constant of the host; storage counts whole seconds.</summary>
    public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long running functions may go on after a stop was asked for, before their tokens are cancelled.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a function may take to heed a cancelled token.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Build the page at start where its sources are newer, and publish it.</summary>
    public bool BuildPage { get; init; } = true;

    /// <summary>How far the product's clock is ahead of the machine's (behind, where negative): to see another day's run, or instances whose clocks differ.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Print the stack trace, too, where a start fails.</summary>
    public bool StackTrace { get; init; }

    /// <summary>Print addresses and progress.</summary>
    public bool Console { get; init; } = true;
}
