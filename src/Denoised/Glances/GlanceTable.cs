using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>The table of glances: one row a day. Every write is conditional.</summary>
public sealed class GlanceTable(TableServiceClient service)
{
    private const int Schema = 1;
    private const string RowKey = "glance";

    private readonly TableClient table = service.GetTableClient(TableNames.Glances);

    /// <summary>Reads a day's row.</summary>
    /// <returns>The row, or null where there is none, and the storage service's time.</returns>
    public async Task<(GlanceRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(day.ToString(), RowKey, cancellationToken: cancellationToken);
        return (response.HasValue ? ToRow(response.Value!) : null, response.GetRawResponse().ServedAt());
    }

    /// <summary>Writes a row if it is still the one that was read, or adds it if none was there.</summary>
    /// <returns>The row with its new ETag and time, or null where somebody else has changed, added or removed it.</returns>
    public async Task<GlanceRow?> TryWriteAsync(GlanceRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            var response = row.ETag == default
                ? await table.AddEntityAsync(ToEntity(row), cancellationToken)
                : await table.UpdateEntityAsync(ToEntity(row), row.ETag, TableUpdateMode.Replace, cancellationToken);
            return row with { ETag = response.Headers.ETag!.Value, Timestamp = response.ServedAt() };
        }
        catch (RequestFailedException exception) when (exception.ErrorCode != "TableNotFound"
            && exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    /// <summary>Forgets the glances of the days before one.</summary>
    public async Task DeleteBeforeAsync(ListingDay oldest, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {oldest.ToString()}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            await table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ETag.All, cancellationToken);
    }

    private static TableEntity ToEntity(GlanceRow row)
    {
        var entity = new TableEntity(row.Day.ToString(), RowKey)
        {
            ["Schema"] = Schema,
            ["Rounds"] = row.Rounds,
            ["Attempts"] = row.Attempts,
            ["NotBefore"] = row.NotBefore,
            ["LeaseOwner"] = row.LeaseOwner,
            ["LeaseEnd"] = row.LeaseEnd,
            ["Obstacle"] = row.Obstacle.ToString(),
            ["Reason"] = row.Reason,
            ["Method"] = row.Written?.Provenance.Method.ToString(),
        };
        if (row.Written is { } written)
            CompressedJson.Write(entity, "Written", written, DenoisedJson.Default.Glance);
        if (row.Basis is { } basis)
            CompressedJson.Write(entity, "Basis", basis, DenoisedJson.Default.IReadOnlyListString);
        if (row.Asked is { } asked)
            CompressedJson.Write(entity, "Asked", asked, DenoisedJson.Default.IReadOnlyListString);
        return entity;
    }

    private static GlanceRow ToRow(TableEntity entity)
    {
        if (entity.GetInt32("Schema") is not Schema)
            throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} of {TableNames.Glances} has schema {entity.GetInt32("Schema")}; this version reads {Schema}.");

        return new GlanceRow
        {
            Day = ListingDay.Parse(entity.PartitionKey),
            Written = CompressedJson.Read(entity, "Written", DenoisedJson.Default.Glance),
            Basis = CompressedJson.Read(entity, "Basis", DenoisedJson.Default.IReadOnlyListString),
            Asked = CompressedJson.Read(entity, "Asked", DenoisedJson.Default.IReadOnlyListString),
            Rounds = entity.GetInt32("Rounds") ?? 0,
            Attempts = entity.GetInt32("Attempts") ?? 0,
            NotBefore = entity.GetDateTimeOffset("NotBefore"),
            LeaseOwner = entity.GetString("LeaseOwner"),
            LeaseEnd = entity.GetDateTimeOffset("LeaseEnd"),
            Obstacle = Enum.Parse<SummaryObstacle>(entity.GetString("Obstacle")),
            Reason = entity.GetString("Reason"),
            Timestamp = entity.Timestamp ?? default,
            ETag = entity.ETag,
        };
    }
}
