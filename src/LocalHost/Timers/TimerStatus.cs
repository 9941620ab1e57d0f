using System.Text.Json.Serialization;

namespace Denoised.LocalHost.Timers;

/// <summary>The stored status of a timer, in UTC.</summary>
/// <param name="Last">The latest run; null before the first one.</param>
/// <param name="Next">The next run, by the schedule at the time of the write.</param>
/// <param name="LastUpdated">The time of the write.</param>
internal sealed record TimerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

/// <summary>The JSON metadata of <see cref="TimerStatus"/>.</summary>
[JsonSerializable(typeof(TimerStatus))]
internal sealed partial class TimerStatusJson : JsonSerializerContext;
