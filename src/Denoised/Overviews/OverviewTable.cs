using Azure;
using Azure.Data.Tables;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Overviews;

/// <summary>The table of overviews: one row per day.</summary>
public sealed class OverviewTable(TableServiceClient service) : WorkTable<OverviewRow>(service, TableNames.Overviews)
{
    internal const string RowKey = "overview";

    /// <summary>Reads the row of a day.</summary>
    /// <returns>The row, or null, and the time of the storage service.</returns>
    public Task<(OverviewRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, CancellationToken cancellationToken) =>
        ReadAsync(day, RowKey, cancellationToken);

    /// <summary>Deletes the row of a day, if it exists.</summary>
    public Task DeleteAsync(ListingDay day, CancellationToken cancellationToken) =>
        Table.DeleteEntityAsync(day.ToString(), RowKey, ETag.All, cancellationToken);

    /// <summary>Purges the overviews of the days before a given one.</summary>
    public async Task DeleteBeforeAsync(ListingDay oldest, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {oldest.ToString()}");
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            await Table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ETag.All, cancellationToken);
    }

    private protected override void WriteColumns(OverviewRow row, TableEntity entity)
    {
        entity["Rounds"] = row.Rounds;
        entity["Method"] = row.Written?.Provenance.Method.ToString();
        if (row.Written is { } written)
            CompressedJson.Write(entity, "Written", written, DomainJson.Default.DailyOverview);
        if (row.WrittenBasis is { } writtenBasis)
            CompressedJson.Write(entity, "WrittenBasis", writtenBasis, DomainJson.Default.IReadOnlyListString);
        if (row.ModelBasis is { } modelBasis)
            CompressedJson.Write(entity, "ModelBasis", modelBasis, DomainJson.Default.IReadOnlyListString);
    }

    private protected override OverviewRow ReadColumns(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Written = CompressedJson.Read(entity, "Written", DomainJson.Default.DailyOverview),
        WrittenBasis = CompressedJson.Read(entity, "WrittenBasis", DomainJson.Default.IReadOnlyListString),
        ModelBasis = CompressedJson.Read(entity, "ModelBasis", DomainJson.Default.IReadOnlyListString),
        Rounds = entity.GetInt32("Rounds") ?? 0,
    };
}
