using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Model;

/// <summary>
/// The token usage of a UTC day, shared by all instances: one row. A call reserves tokens before it starts and settles them afterwards. The
/// reservation of a crashed instance stays, because the call may have been charged. Concurrent changes of an instance share one write.
/// </summary>
public sealed partial class TokenBudget(TableServiceClient service, IOptions<SummarizerOptions> options, TimeProvider time, ILogger<TokenBudget> logger)
{
    private const string Partition = "usage";

    /// <summary>The estimate before the first call of the day: a prompt from an abstract, and a response.</summary>
    private const int FirstEstimate = 2600;

    /// <summary>The number of days in the usage history.</summary>
    private const int RetentionDays = 92;

    private static readonly TimeSpan cacheDuration = TimeSpan.FromSeconds(1);

    private readonly TableClient table = service.GetTableClient(TableNames.Coordination);
    private readonly Lock sync = new();
    private readonly List<Change> pending = [];
    private bool isWriting;
    private (DateTimeOffset ServedAt, long ReadAt)? clock;
    private CachedRow? cachedRow;

    /// <summary>Reserves the tokens of a call.</summary>
    /// <returns>The reservation, or null when it would exceed the day's budget.</returns>
    public Task<TokenReservation?> TryReserveAsync(CancellationToken cancellationToken) => TryReserveAsync(tokens: null, cancellationToken);

    /// <summary>Reserves the tokens of a call.</summary>
    /// <param name="tokens">The expected tokens, or null for the average of the day's calls.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The reservation, or null when it would exceed the day's budget.</returns>
    public async Task<TokenReservation?> TryReserveAsync(int? tokens, CancellationToken cancellationToken)
    {
        TokenReservation? reservation = null;
        await ChangeAsync(
            day: null,
            usage =>
            {
                if (!FitsBudget(usage, tokens ?? Estimate(usage)))
                {
                    reservation = null;
                    return usage;
                }

                reservation = new TokenReservation(usage.Day, tokens ?? Estimate(usage));
                return usage with { Reserved = usage.Reserved + reservation.Tokens };
            },
            cancellationToken);
        return reservation;
    }

    /// <summary>Replaces a reservation by the actual usage. A storage outage is no error: the reservation then stays.</summary>
    public async Task SettleAsync(TokenReservation reservation, TokenUsage used, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        try
        {
            await SettleOnceAsync(reservation, used, cancellationToken);
        }
        catch (Exception exception) when (StorageErrors.IsTransient(exception))
        {
            // The response is paid for and must not be lost because of this failure.
            Log.NotSettled(logger, exception, reservation.Tokens, reservation.Day);
        }
    }

    private Task SettleOnceAsync(TokenReservation reservation, TokenUsage used, CancellationToken cancellationToken) =>
        ChangeAsync(
            reservation.Day,
            usage => usage with
            {
                Reserved = usage.Reserved - reservation.Tokens,
                Input = usage.Input + used.Input,
                Cached = usage.Cached + used.Cached,
                Output = usage.Output + used.Output,
                Reasoning = usage.Reasoning + used.Reasoning,
                Calls = usage.Calls + (used.Total > 0 ? 1 : 0),
                CostUsd = usage.CostUsd + (double)used.Cost(options.Value),
            },
            cancellationToken);

    /// <summary>Whether the current day has room for another call, up to one second stale.</summary>
    public async Task<bool> HasBudgetAsync(CancellationToken cancellationToken)
    {
        CachedRow? known;
        lock (sync)
            known = cachedRow;
        if (known is null || known.Usage.Day != Today() || time.GetElapsedTime(known.ReadAt) > cacheDuration)
            known = await ReadAsync(Today() ?? await ReadTodayAsync(cancellationToken), cancellationToken);
        return FitsBudget(known.Usage, Estimate(known.Usage));
    }

    /// <summary>Reads the usage per day, newest first.</summary>
    public async Task<IReadOnlyList<DailyTokenUsage>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var days = new List<DailyTokenUsage>();
        await foreach (var entity in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
            days.Add(ToUsage(entity.RowKey, entity));
        days.Reverse();
        return days;
    }

    /// <summary>Purges usage older than three months.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        foreach (var old in (await ReadAllAsync(cancellationToken)).Skip(RetentionDays))
            await table.DeleteEntityAsync(Partition, old.Day, ETag.All, cancellationToken);
    }

    /// <summary>Estimates a call by the average of the day's calls, which keeps the last calls close to the limit.</summary>
    private static int Estimate(DailyTokenUsage usage) => usage.Calls > 0 ? (int)(usage.Tokens / usage.Calls) : FirstEstimate;

    private bool FitsBudget(DailyTokenUsage usage, int tokens) => usage.Tokens + usage.Reserved + tokens <= options.Value.DailyTokenBudget;

    /// <summary>Passes a change to the single writer of this instance and waits for the write.</summary>
    private async Task ChangeAsync(string? day, Func<DailyTokenUsage, DailyTokenUsage> apply, CancellationToken cancellationToken)
    {
        var change = new Change(day, apply);
        lock (sync)
        {
            pending.Add(change);
            if (!isWriting)
            {
                isWriting = true;
                _ = Task.Run(WritePendingAsync, CancellationToken.None);
            }
        }

        // A cancelled wait leaves the reservation in place, as a crash does.
        await change.Completion.Task.WaitAsync(cancellationToken);
    }

    private async Task WritePendingAsync()
    {
        while (true)
        {
            List<Change> batch;
            lock (sync)
            {
                if (pending.Count == 0)
                {
                    isWriting = false;
                    return;
                }

                batch = [.. pending];
                pending.Clear();
            }

            foreach (var ofDay in batch.GroupBy(change => change.Day))
            {
                try
                {
                    await WriteAsync(ofDay.Key, [.. ofDay]);
                    foreach (var change in ofDay)
                        change.Completion.SetResult();
                }
#pragma warning disable CA1031 // Passes every failure to the callers that wait for the write.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    foreach (var change in ofDay)
                        change.Completion.SetException(exception);
                }
            }
        }
    }

    private async Task WriteAsync(string? day, List<Change> changes)
    {
        day ??= Today() ?? await ReadTodayAsync(CancellationToken.None);
        CachedRow? known;
        lock (sync)
            known = cachedRow?.Usage.Day == day ? cachedRow : null;

        DailyTokenUsage? changed = null;
        var written = await CreateRow(day).ChangeAsync(
            content =>
            {
                var usage = ToUsage(day, content.Entity);
                changed = changes.Aggregate(usage, (before, change) => change.Apply(before));
                return changed == usage ? null : ToEntity(changed);
            },
            CancellationToken.None,
            known?.Content);
        if (written is not null)
            Remember(day, written);
    }

    /// <summary>
    /// The current day by the clock of the storage service, because the clocks of instances differ around midnight. Null before the first response.
    /// </summary>
    private string? Today()
    {
        lock (sync)
            return clock is { } seen ? ToDay(seen.ServedAt + time.GetElapsedTime(seen.ReadAt)) : null;
    }

    private async Task<string> ReadTodayAsync(CancellationToken cancellationToken) => ToDay((await CreateRow("clock").ReadAsync(cancellationToken)).ServedAt);

    private async Task<CachedRow> ReadAsync(string day, CancellationToken cancellationToken) =>
        Remember(day, await CreateRow(day).ReadAsync(cancellationToken));

    private CachedRow Remember(string day, SharedRowContent content)
    {
        var row = new CachedRow(ToUsage(day, content.Entity), content, time.GetTimestamp());
        lock (sync)
        {
            cachedRow = row;
            clock = (content.ServedAt, row.ReadAt);
        }

        return row;
    }

    private SharedRow CreateRow(string key) => new(table, Partition, key, time);

    private static string ToDay(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TableEntity ToEntity(DailyTokenUsage usage) => new()
    {
        ["Input"] = usage.Input,
        ["Cached"] = usage.Cached,
        ["Output"] = usage.Output,
        ["Reasoning"] = usage.Reasoning,
        ["Calls"] = usage.Calls,
        ["Reserved"] = usage.Reserved,
        ["CostUsd"] = usage.CostUsd,
    };

    private static DailyTokenUsage ToUsage(string day, TableEntity? entity) => new(
        day,
        entity?.GetInt64("Input") ?? 0,
        entity?.GetInt64("Cached") ?? 0,
        entity?.GetInt64("Output") ?? 0,
        entity?.GetInt64("Reasoning") ?? 0,
        entity?.GetInt64("Calls") ?? 0,
        entity?.GetInt64("Reserved") ?? 0,
        entity?.GetDouble("CostUsd") ?? 0);

    private sealed record CachedRow(DailyTokenUsage Usage, SharedRowContent Content, long ReadAt);

    private sealed record Change(string? Day, Func<DailyTokenUsage, DailyTokenUsage> Apply)
    {
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The {Tokens} tokens reserved of {Day} stay reserved: what was used could not be written.")]
        public static partial void NotSettled(ILogger logger, Exception exception, int tokens, string day);
    }
}

/// <summary>A reservation of tokens for a call.</summary>
/// <param name="Day">The UTC day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Tokens">The number of tokens.</param>
public sealed record TokenReservation(string Day, int Tokens);

/// <summary>The usage of a UTC day.</summary>
/// <param name="Day">The UTC day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Input">Input tokens, including cached ones.</param>
/// <param name="Cached">Cached input tokens.</param>
/// <param name="Output">Output tokens, including reasoning.</param>
/// <param name="Reasoning">Output tokens spent on reasoning.</param>
/// <param name="Calls">Calls that used tokens.</param>
/// <param name="Reserved">Tokens reserved by running calls, and by calls without a response that may have been charged.</param>
/// <param name="CostUsd">The cost in US dollars, estimated from the configured prices.</param>
public sealed record DailyTokenUsage(string Day, long Input, long Cached, long Output, long Reasoning, long Calls, long Reserved, double CostUsd)
{
    /// <summary>Input and output tokens.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Tokens => Input + Output;
}
