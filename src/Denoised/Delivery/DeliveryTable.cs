using Azure.Data.Tables;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Delivery;

/// <summary>
/// The newest delivery of each channel: one row, shared by all instances. The day only moves forward. The state <see cref="DeliveryState.Sending"/> is
/// written before the request: after a crash, the request may have arrived, so an expired lease becomes <see cref="DeliveryState.Uncertain"/>. While
/// sending, the time of the next attempt is the end of the lease.
/// </summary>
public sealed class DeliveryTable(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "deliveries";
    private const string OwnerColumn = "Owner";
    internal const string Interrupted = "The process stopped during the request.";

    /// <summary>The lease of an attempt, longer than the longest timeout of a request.</summary>
    private static readonly TimeSpan leaseDuration = TimeSpan.FromMinutes(3);

    private readonly TableClient table = service.GetTableClient(TableNames.Coordination);

    /// <summary>Reads the newest delivery of a channel.</summary>
    public async Task<DeliveryStatus> ReadAsync(string channel, CancellationToken cancellationToken)
    {
        var status = ToStatus(channel, (await CreateRow(channel).ReadAsync(cancellationToken)).Entity);
        return status.State == DeliveryState.Retrying ? status : status with { NextAttempt = null };
    }

    /// <summary>Whether a day needs a message: it is newer than the newest delivery, or the message of that delivery was lost.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="day">The day.</param>
    /// <param name="overdueAfter">The time after which a message that should have been delivered is considered lost.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    internal async Task<bool> NeedsMessageAsync(string channel, ListingDay day, TimeSpan overdueAfter, CancellationToken cancellationToken)
    {
        var (entity, now, _) = await CreateRow(channel).ReadAsync(cancellationToken);
        var status = ToStatus(channel, entity);
        return status.Day is not { } newest || newest < day || (newest == day && status.NextAttempt + overdueAfter < now);
    }

    /// <summary>Starts an attempt: writes the lease, unless the day is done or another worker holds it.</summary>
    internal async Task<DeliveryClaim> ClaimAsync(string channel, ListingDay day, CancellationToken cancellationToken)
    {
        var claim = new DeliveryClaim(ClaimResult.Done);
        var owner = Guid.NewGuid().ToString("N");
        var written = await CreateRow(channel).ChangeAsync(
            content =>
            {
                claim = Decide(ToStatus(channel, content.Entity), day, content.ServedAt) with { Owner = owner };
                return claim.Result switch
                {
                    ClaimResult.Granted => ToEntity(
                        new DeliveryStatus(channel, DeliveryState.Sending, day, claim.Attempt, content.ServedAt, NextAttempt: content.ServedAt + leaseDuration),
                        owner),
                    ClaimResult.Interrupted => ToEntity(
                        new DeliveryStatus(channel, DeliveryState.Uncertain, day, claim.Attempt, content.ServedAt, Interrupted),
                        content.Entity!.GetString(OwnerColumn)),
                    _ => null,
                };
            },
            cancellationToken);
        return written is null ? claim : claim with { Now = written.ServedAt };
    }

    /// <summary>Writes the outcome of an attempt. Leaves the row unchanged if another worker has started a newer day.</summary>
    internal async Task CompleteAsync(
        string channel, ListingDay day, DeliveryClaim claim, DeliveryOutcome outcome, TimeSpan retryDelay, CancellationToken cancellationToken) =>
        await CreateRow(channel).ChangeAsync(
            content => content.Entity?.GetString(OwnerColumn) != claim.Owner
                ? null
                : ToEntity(
                    new DeliveryStatus(
                        channel,
                        outcome.State,
                        day,
                        claim.Attempt,
                        content.ServedAt,
                        outcome.Reason,
                        outcome.State == DeliveryState.Retrying ? content.ServedAt + retryDelay : null),
                    claim.Owner),
            cancellationToken);

    private static DeliveryClaim Decide(DeliveryStatus status, ListingDay day, DateTimeOffset now)
    {
        if (status.Day is not { } newest || newest < day)
            return new DeliveryClaim(ClaimResult.Granted, 1);
        if (newest > day)
            return new DeliveryClaim(ClaimResult.Done);
        var wait = (status.NextAttempt ?? now) - now;
        return status.State switch
        {
            DeliveryState.Retrying when wait > StorageClock.Resolution => new DeliveryClaim(ClaimResult.Early, Wait: wait),
            DeliveryState.Retrying => new DeliveryClaim(ClaimResult.Granted, status.Attempts + 1),
            DeliveryState.Sending when wait + StorageClock.Margin > TimeSpan.Zero => new DeliveryClaim(ClaimResult.Early, Wait: wait + StorageClock.Margin),
            DeliveryState.Sending => new DeliveryClaim(ClaimResult.Interrupted, status.Attempts),
            _ => new DeliveryClaim(ClaimResult.Done),
        };
    }

    private SharedRow CreateRow(string channel) => new(table, Partition, channel, time);

    private static TableEntity ToEntity(DeliveryStatus status, string owner) => new()
    {
        ["Day"] = status.Day!.Value.ToString(),
        ["State"] = status.State.ToString(),
        ["Attempts"] = status.Attempts,
        ["At"] = status.At,
        ["Reason"] = status.Reason,
        ["NextAttempt"] = status.NextAttempt,
        [OwnerColumn] = owner,
    };

    private static DeliveryStatus ToStatus(string channel, TableEntity? entity) => entity is null
        ? new DeliveryStatus(channel, DeliveryState.Idle)
        : new DeliveryStatus(
            channel,
            Enum.Parse<DeliveryState>(entity.GetString("State")),
            ListingDay.Parse(entity.GetString("Day")),
            entity.GetInt32("Attempts") ?? 0,
            entity.GetDateTimeOffset("At"),
            entity.GetString("Reason"),
            entity.GetDateTimeOffset("NextAttempt"));
}

/// <summary>What a worker may do with the message of a day.</summary>
internal enum ClaimResult
{
    /// <summary>Nothing: the day, or a newer one, is done.</summary>
    Done,

    /// <summary>Nothing before the end of the wait.</summary>
    Early,

    /// <summary>Send the message once.</summary>
    Granted,

    /// <summary>Nothing: an earlier attempt crashed, and its request may have arrived.</summary>
    Interrupted,
}

/// <summary>The result of <see cref="DeliveryTable.ClaimAsync"/>.</summary>
/// <param name="Result">What the worker may do.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="Wait">The wait, for <see cref="ClaimResult.Early"/>.</param>
internal sealed record DeliveryClaim(ClaimResult Result, int Attempt = 0, TimeSpan Wait = default)
{
    /// <summary>Identifies the attempt.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The time of the write by the clock of the storage service.</summary>
    public DateTimeOffset Now { get; init; }
}
