using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>The announcements of each category and day: the side of the ledger that papers are checked against.</summary>
public sealed class ListingTable(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient(TableNames.Listings);

    /// <summary>Reads a day's listings.</summary>
    public async Task<IReadOnlyList<ListingRecord>> ReadAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var records = new List<ListingRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {day.ToString()}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            records.Add(ToRecord(entity));
        return records;
    }

    /// <summary>Reads all stored listings, grouped by day.</summary>
    public async Task<ILookup<ListingDay, ListingRecord>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var records = new List<ListingRecord>();
        await foreach (var entity in table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            records.Add(ToRecord(entity));
        return records.ToLookup(record => record.Day);
    }

    /// <summary>
    /// Records a listing's announcement. Skips the write if the stored record is equal, or if it is complete (from the catch-up page) and the new one
    /// is not (from the feed).
    /// </summary>
    /// <returns>The time of the write (storage service clock) and whether the notes changed; null if the write was skipped.</returns>
    public async Task<(DateTimeOffset WrittenAt, bool AreNotesChanged)?> RecordAsync(ListingRecord record, CancellationToken cancellationToken)
    {
        var existing = await table.GetEntityIfExistsAsync<TableEntity>(record.Day.ToString(), record.Category, cancellationToken: cancellationToken);
        var held = existing.HasValue ? ToRecord(existing.Value!) : null;
        if (held is not null && (held.HasSameContent(record) || (held.IsComplete && !record.IsComplete)))
            return null;

        var written = await table.UpsertEntityAsync(ToEntity(record), TableUpdateMode.Replace, cancellationToken);
        return (written.ServedAt(), !record.Notes.SequenceEqual(held?.Notes ?? [], StringComparer.Ordinal));
    }

    /// <summary>Deletes a day's listings.</summary>
    public async Task DeleteDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        foreach (var record in await ReadAsync(day, cancellationToken))
            await DeleteAsync(day, record.Category, cancellationToken);
    }

    /// <summary>Deletes one listing.</summary>
    public Task DeleteAsync(ListingDay day, string category, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(day.ToString(), category, ETag.All, cancellationToken);

    private static TableEntity ToEntity(ListingRecord record)
    {
        var entity = new TableEntity(record.Day.ToString(), record.Category)
        {
            ["Schema"] = 1,
            ["Entries"] = record.Entries,
            ["Announced"] = record.Announced,
            ["Source"] = record.Source.ToString(),
            ["ReadAt"] = record.ReadAt,
            ["Complete"] = record.IsComplete,
        };
        CompressedJson.Write(entity, "Notes", record.Notes, DomainJson.Default.IReadOnlyListString);
        return entity;
    }

    private static ListingRecord ToRecord(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Category = entity.RowKey,
        Entries = entity.GetInt32("Entries") ?? 0,
        Announced = entity.GetInt32("Announced") ?? 0,
        Source = Enum.Parse<ListingSource>(entity.GetString("Source")),
        ReadAt = entity.GetDateTimeOffset("ReadAt") ?? default,
        IsComplete = entity.GetBoolean("Complete") ?? false,
        Notes = CompressedJson.Read(entity, "Notes", DomainJson.Default.IReadOnlyListString) ?? [],
    };
}
