using System.Text.Json.Serialization;

namespace Denoised.LocalHost.Timers;

/// <summary>What is kept in storage about a timer, in UTC.</summary>
/// <param name="Last">When it ran last; null before its first run.</param>
/// <param name="Next">When it was expected next, by the schedule of that time.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

/// <summary>The JSON of <see cref="TimerStatus"/>.</summary>
[JsonSerializable(typeof(TimerStatus))]
internal sealed partial class TimerStatusJson : JsonSerializerContext;
