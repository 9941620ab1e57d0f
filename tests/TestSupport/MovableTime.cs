using Denoised.Domain;

namespace Denoised.TestSupport;

/// <summary>A running clock that a test can set.</summary>
internal sealed class MovableTime : TimeProvider
{
    private TimeSpan offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    public void MoveTo(DateTimeOffset now) => offset = now - base.GetUtcNow();

    /// <summary>Moves to the morning run of a listing day.</summary>
    public void MoveTo(ListingDay day) => MoveTo(new DateTimeOffset(day.Date.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero));

    public void Advance(TimeSpan duration) => offset += duration;
}
