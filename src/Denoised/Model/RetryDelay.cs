using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>The retry delay of a 429 or 503 response.</summary>
internal static class RetryDelay
{
    private static readonly LinearRegex units = new(@"^((?<d>[0-9.]{1,12})d)?((?<h>[0-9.]{1,12})h)?((?<m>[0-9.]{1,12})m)?((?<s>[0-9.]{1,12})s)?((?<ms>[0-9.]{1,12})ms)?$");

    // The maximum delay. A longer one comes from a broken server and could overflow a date.
    private static readonly TimeSpan maxDelay = TimeSpan.FromDays(1);

    private static readonly string[] limits = ["-requests", "-tokens", ""];

    // A bare number above this is a Unix time, not a number of seconds.
    private const double FirstUnixTime = 1_000_000_000;

    /// <summary>
    /// Reads the delay from <c>retry-after-ms</c>, <c>Retry-After</c> (seconds or a date) or <c>x-ratelimit-reset-*</c>, in this order; null when
    /// none of them is in the future. Compares dates with the server's own clock, if it sends a Date header.
    /// </summary>
    public static TimeSpan? Read(PipelineResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.TryGetValue("date", out var date)
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var served))
        {
            now = served;
        }

        return (headers.TryGetValue("retry-after-ms", out var milliseconds) ? Seconds(milliseconds, 0.001) : null)
            ?? (headers.TryGetValue("retry-after", out var retryAfter) ? Seconds(retryAfter) ?? Until(retryAfter, now) : null)
            ?? Reset(headers, now);
    }

    /// <summary>The reset time of the exhausted limit; of all limits when no header tells which one is exhausted.</summary>
    private static TimeSpan? Reset(PipelineResponseHeaders headers, DateTimeOffset now)
    {
        var resets = limits
            .Select(limit => (
                IsUsedUp: headers.TryGetValue("x-ratelimit-remaining" + limit, out var remaining)
                    && double.TryParse(remaining, CultureInfo.InvariantCulture, out var left) && left <= 0,
                Delay: headers.TryGetValue("x-ratelimit-reset" + limit, out var reset)
                    ? Duration(reset) ?? UnixTime(reset, now) ?? Seconds(reset) ?? Until(reset, now)
                    : null))
            .Where(limit => limit.Delay is not null)
            .ToList();
        return (resets.Exists(limit => limit.IsUsedUp) ? resets.Where(limit => limit.IsUsedUp) : resets).Max(limit => limit.Delay);
    }

    private static TimeSpan? Seconds(string? text, double unit = 1) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Bounded(number * unit) : null;

    private static TimeSpan? UnixTime(string? text, DateTimeOffset now) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= FirstUnixTime
            ? Bounded(number - (now - DateTimeOffset.UnixEpoch).TotalSeconds)
            : null;

    private static TimeSpan? Until(string? text, DateTimeOffset now) =>
        RetryConditionHeaderValue.TryParse(text, out var condition) && condition.Date is { } httpDate ? Bounded((httpDate - now).TotalSeconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? Bounded((moment - now).TotalSeconds)
        : null;

    /// <summary>Parses OpenAI's format: <c>6m0s</c>, <c>20ms</c>.</summary>
    private static TimeSpan? Duration(string? text)
    {
        if (units.Match(text ?? "") is not { Success: true, Length: > 0 } match)
            return null;
        return Bounded((Part("d") * 86_400) + (Part("h") * 3_600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1_000));

        double Part(string unit) =>
            double.TryParse(match.Groups[unit].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static TimeSpan? Bounded(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, maxDelay.TotalSeconds)) : null;
}
