using System.Globalization;
using System.Net;
using System.Text.Json;
using Denoised.LocalHost.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Terminal;

/// <summary>Prints the addresses, then the progress of the newest day, from <c>GET /api/status</c>.</summary>
internal sealed class Progress(
    LocalAddresses addresses, IOptions<LocalHostOptions> options, IHostApplicationLifetime lifetime, LiveConsole console, TimeProvider time) : BackgroundService
{
    private const int UnchangedPollsBeforeIdle = 10;

    private static readonly TimeSpan activeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan idleInterval = TimeSpan.FromSeconds(5);

    /// <summary>Formats a status response as one line; missing members are omitted.</summary>
    public static string Describe(JsonElement status, TimeZoneInfo zone)
    {
        var day = status.ValueKind == JsonValueKind.Object && status.TryGetProperty("days", out var days) && days.ValueKind == JsonValueKind.Array && days.GetArrayLength() > 0
            ? days[0]
            : default;
        var run = Member(status, "lastRun");
        if (day.ValueKind != JsonValueKind.Object)
            return $"No papers yet · {Text(run, "message") ?? "waiting for the first collection"}";

        var parts = new List<string>();
        foreach (var count in new[] { "announced", "summarized", "pending", "failed" })
        {
            if (Member(day, count) is { ValueKind: JsonValueKind.Number } number && (count != "pending" || number.GetRawText() != "0"))
                parts.Add($"{number.GetRawText()} {count}");
        }

        if (Text(day, "publishedAt") is { } published && DateTimeOffset.TryParse(published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"published {TimeZoneInfo.ConvertTime(moment, zone):HH:mm:ss}"));
        if (Member(day, "sample").ValueKind == JsonValueKind.True && Member(day, "announced") is { ValueKind: JsonValueKind.Number } samples && samples.GetInt32() > 0)
            return DescribeSamples(day, status);
        if (Text(run, "outcome") is { } outcome && outcome.StartsWith("fail", StringComparison.OrdinalIgnoreCase))
            parts.Add($"last run failed: {Text(run, "message")}");
        return $"{Text(day, "day")}  {string.Join(" · ", parts)}";
    }

    private static string DescribeSamples(JsonElement day, JsonElement status)
    {
        var next = Text(status, "nextRun") is { } run && DateTimeOffset.TryParse(run, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? string.Create(CultureInfo.InvariantCulture, $"; next try {moment.UtcDateTime:HH:mm} UTC")
            : "";
        return $"arXiv can't be reached: showing {Member(day, "announced").GetRawText()} invented sample papers{next}";
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Console || !await lifetime.HasStartedAsync(stoppingToken))
            return;

        console.WriteLine($"Page  {addresses.Site}");
        console.WriteLine($"API   {addresses.Api}");
        console.WriteLine("Ctrl+C stops both.");
        using var http = new HttpClient { BaseAddress = addresses.Api };
        var unchanged = 0;
        var last = "";
        try
        {
            while (await ReadStatusAsync(http, stoppingToken) is { } line)
            {
                unchanged = line == last ? unchanged + 1 : 0;
                last = line;
                if (line.Length > 0)
                    console.ShowProgress(line);
                await Task.Delay(unchanged < UnchangedPollsBeforeIdle ? activeInterval : idleInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop was requested.
        }
    }

    /// <summary>Gets the progress line; empty after an error response, which is logged elsewhere; null if there is no status function.</summary>
    private async Task<string?> ReadStatusAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("status", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                return "";
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var status = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return Describe(status.RootElement, time.LocalTimeZone);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return "";
        }
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
