namespace Denoised.LocalHost.Settings;

/// <summary>The machine's clock, a set time ahead of it.</summary>
internal sealed class OffsetTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
