using System.Globalization;
using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// The tokens of a UTC day, shared by all instances: one row, reserved before a call and settled after it. A reservation whose holder dies
/// stays reserved: the service may have been paid.
/// </summary>
public sealed class TokenBudget(TableServiceClient service, IOptions<SummarizerOptions> options)
{
    private const string Partition = "usage";

    /// <summary>Until calls of the day tell what they take: a prompt from an abstract and an answer.</summary>
    private const int FirstEstimate = 2600;

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>Reserves the tokens of a call.</summary>
    /// <returns>The reservation, or null where the day's budget has no room for it.</returns>
    public async Task<TokenReservation?> TryReserveAsync(CancellationToken cancellationToken)
    {
        TokenReservation? reservation = null;
        await UpdateAsync(
            day: null,
            (usage, day) =>
            {
                // What a call takes is what the calls of the day took on average: that keeps the last ones close to the line.
                var estimate = usage.Calls > 0 ? (int)(usage.Tokens / usage.Calls) : FirstEstimate;
                if (usage.Tokens + usage.Reserved + estimate > options.Value.DailyTokenBudget)
                {
                    reservation = null;
                    return null;
                }

                reservation = new TokenReservation(day, estimate);
                return usage with { Reserved = usage.Reserved + estimate };
            },
            cancellationToken);
        return reservation;
    }

    /// <summary>Puts what a call took in the place of its reservation.</summary>
    public Task SettleAsync(TokenReservation reservation, TokenUsage used, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        return UpdateAsync(
            reservation.Day,
            (usage, _) => usage with
            {
                Reserved = usage.Reserved - reservation.Tokens,
                In = usage.In + used.In,
                Cached = usage.Cached + used.Cached,
                Out = usage.Out + used.Out,
                Reasoning = usage.Reasoning + used.Reasoning,
                Calls = usage.Calls + (used.Total > 0 ? 1 : 0),
                CostUsd = usage.CostUsd + (double)used.Cost(options.Value),
            },
            cancellationToken);
    }

    /// <summary>Whether the present day has room for another call.</summary>
    public async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        var (usage, _, _) = await ReadAsync(day: null, cancellationToken);
        return usage.Tokens + usage.Reserved + FirstEstimate <= options.Value.DailyTokenBudget;
    }

    /// <summary>What was used, a day each, newest first.</summary>
    public async Task<IReadOnlyList<DayUsage>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var days = new List<DayUsage>();
        await foreach (var entity in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
            days.Add(ToUsage(entity));
        days.Reverse();
        return days;
    }

    private async Task UpdateAsync(string? day, Func<DayUsage, string, DayUsage?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (usage, etag, today) = await ReadAsync(day, cancellationToken);
            if (change(usage, today) is not { } changed)
                return;

            var entity = new TableEntity(Partition, today)
            {
                ["In"] = changed.In,
                ["Cached"] = changed.Cached,
                ["Out"] = changed.Out,
                ["Reasoning"] = changed.Reasoning,
                ["Calls"] = changed.Calls,
                ["Reserved"] = changed.Reserved,
                ["CostUsd"] = changed.CostUsd,
            };
            try
            {
                if (etag is { } read)
                    await table.UpdateEntityAsync(entity, read, TableUpdateMode.Replace, cancellationToken);
                else
                    await table.AddEntityAsync(entity, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
            {
                // Another call was faster. A little apart, so that they do not meet again.
                await Task.Delay(Random.Shared.Next(5, 40), cancellationToken);
            }
        }
    }

    private async Task<(DayUsage Usage, ETag? ETag, string Day)> ReadAsync(string? day, CancellationToken cancellationToken)
    {
        if (day is null)
        {
            // The service's day, not ours: instances' clocks differ around midnight.
            var probe = await table.GetEntityIfExistsAsync<TableEntity>(Partition, "clock", cancellationToken: cancellationToken);
            day = probe.GetRawResponse().ServedAt().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, day, cancellationToken: cancellationToken);
        return response.HasValue ? (ToUsage(response.Value!), response.Value!.ETag, day) : (new DayUsage(day, 0, 0, 0, 0, 0, 0, 0), null, day);
    }

    private static DayUsage ToUsage(TableEntity entity) => new(
        entity.RowKey,
        entity.GetInt64("In") ?? 0,
        entity.GetInt64("Cached") ?? 0,
        entity.GetInt64("Out") ?? 0,
        entity.GetInt64("Reasoning") ?? 0,
        entity.GetInt64("Calls") ?? 0,
        entity.GetInt64("Reserved") ?? 0,
        entity.GetDouble("CostUsd") ?? 0);
}

/// <summary>Tokens that a call may take.</summary>
/// <param name="Day">The UTC day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Tokens">How many.</param>
public sealed record TokenReservation(string Day, int Tokens);

/// <summary>What a UTC day used.</summary>
/// <param name="Day">The UTC day, <c>yyyy-MM-dd</c>.</param>
/// <param name="In">Tokens sent, the cached ones among them.</param>
/// <param name="Cached">Tokens sent and cached.</param>
/// <param name="Out">Tokens received, the reasoning ones among them.</param>
/// <param name="Reasoning">Tokens received as reasoning.</param>
/// <param name="Calls">Calls that used tokens.</param>
/// <param name="Reserved">Tokens reserved by calls under way (and by those that died).</param>
/// <param name="CostUsd">Estimated from the prices in the settings.</param>
public sealed record DayUsage(string Day, long In, long Cached, long Out, long Reasoning, long Calls, long Reserved, double CostUsd)
{
    /// <summary>Tokens in and out.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Tokens => In + Out;
}
