namespace Denoised.LocalHost.Settings;

/// <summary>The system clock plus an offset.</summary>
internal sealed class OffsetTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
