using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>The table of papers, partitioned by listing day.</summary>
public sealed class PaperTable(TableServiceClient service) : WorkTable<PaperRow>(service, TableNames.Papers)
{
    // Characters; at most 3 bytes each in UTF-8. A row holds 1 MiB including the summary. 5,000 authors take a tenth of this.
    private const int MaxMetadataLength = 250_000;

    private static readonly string[] stateColumns =
        [
            "PartitionKey", "RowKey", "Timestamp", "State", "FallbackReason", "Reason", "Attempts", "NotBefore", "LeaseEnd", "Enriched", "Sample",
            "Retracted", "Method", "Version", "PrimaryCategory"];

    /// <summary>Whether a paper's metadata fits into a row even if it does not compress.</summary>
    public static bool FitsInRow(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        return paper.Title.Length + paper.Abstract.Length + (paper.Comment?.Length ?? 0) + paper.Authors.Sum(author => author.Length + 3) <= MaxMetadataLength;
    }

    /// <summary>Reads one paper.</summary>
    /// <returns>The row (null if it does not exist) and the time (storage service clock).</returns>
    public Task<(PaperRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, ArxivId id, CancellationToken cancellationToken) =>
        ReadAsync(day, id.Key, cancellationToken);

    /// <summary>Reads all papers of a day, sorted by position.</summary>
    public async Task<IReadOnlyList<PaperRow>> ReadDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(CreateDayFilter(day), cancellationToken);
        rows.Sort((left, right) => left.Position != right.Position
            ? left.Position.CompareTo(right.Position)
            : string.CompareOrdinal(left.Paper.Id.Key, right.Paper.Id.Key));
        return rows;
    }

    /// <summary>Reads the processing state of each paper of a day, without metadata and summaries, sorted by identifier.</summary>
    public async Task<IReadOnlyList<PaperProgress>> ReadProgressAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = new List<PaperProgress>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(CreateDayFilter(day), select: stateColumns, cancellationToken: cancellationToken))
            rows.Add(ToProgress(entity));
        return rows;
    }

    /// <summary>Reads the days that have papers, newest first. Skips from partition to partition, at one key per day.</summary>
    public Task<IReadOnlyList<ListingDay>> ReadDaysAsync(CancellationToken cancellationToken) => ReadDaysAsync("", cancellationToken);

    /// <summary>
    /// Finds the newest day that has papers; null if there is none. Searches the last two weeks first, and the whole history only if they are empty.
    /// </summary>
    /// <param name="now">The current time; a wrong clock only makes the search slower.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<ListingDay?> FindNewestDayAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = await ReadDaysAsync(new ListingDay(DateOnly.FromDateTime(now.UtcDateTime.AddDays(-14))).ToString(), cancellationToken);
        var days = recent.Count > 0 ? recent : await ReadDaysAsync(cancellationToken);
        return days.Count > 0 ? days[0] : null;
    }

    /// <summary>Inserts papers. Existing rows stay unchanged.</summary>
    /// <returns>The time of the last write (storage service clock).</returns>
    public async Task<DateTimeOffset> InsertAsync(IReadOnlyList<PaperRow> rows, CancellationToken cancellationToken)
    {
        var written = DateTimeOffset.MinValue;
        foreach (var day in rows.GroupBy(row => row.Day))
        {
            foreach (var chunk in day.Chunk(RowBatch.MaxRows / 2))
                written = await InsertAsync(Array.ConvertAll(chunk, row => ToEntity(row, NewWriteId())), cancellationToken);
        }

        return written;
    }

    /// <summary>Inserts rows of one day. Existing rows stay unchanged.</summary>
    private async Task<DateTimeOffset> InsertAsync(TableEntity[] entities, CancellationToken cancellationToken)
    {
        var contention = new WriteContention($"Batch {entities[0].PartitionKey} of {TableNames.Papers}");
        while (true)
        {
            try
            {
                var batch = new RowBatch();
                foreach (var entity in entities)
                    batch.Insert(entity);
                return await batch.SubmitAsync(Table, cancellationToken);
            }
            catch (TableTransactionFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
            {
                // Some rows exist already: this request is a retry after a success, or an earlier collection crashed halfway. Insert the others.
                var (present, now) = (new HashSet<string>(StringComparer.Ordinal), DateTimeOffset.MinValue);
                await foreach (var page in QueryBetween(entities, ["RowKey"], cancellationToken).AsPages())
                {
                    present.UnionWith(page.Values.Select(row => row.RowKey));
                    now = page.GetRawResponse().ServedAt();
                }

                entities = Array.FindAll(entities, entity => !present.Contains(entity.RowKey));
                if (entities.Length == 0)
                    return now;
                await contention.BackOffAsync(cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.RequestEntityTooLarge)
            {
                // The batch exceeds the size limit: insert the rows one by one.
                var written = DateTimeOffset.MinValue;
                foreach (var entity in entities)
                    written = await InsertIfMissingAsync(entity, cancellationToken);
                return written;
            }
        }
    }

    /// <summary>Changes a row. Reads the row again and retries if another instance has changed it.</summary>
    /// <param name="day">The row's day.</param>
    /// <param name="id">The row's paper.</param>
    /// <param name="change">Takes the row and the time (storage service clock); returns the new row, or null to leave it unchanged.</param>
    /// <param name="cancellationToken">Cancels the update.</param>
    /// <returns>The row as written; null if it does not exist or was left unchanged.</returns>
    public Task<PaperRow?> UpdateAsync(ListingDay day, ArxivId id, Func<PaperRow, DateTimeOffset, PaperRow?> change, CancellationToken cancellationToken) =>
        UpdateAsync(day, id.Key, change, NewWriteId(), cancellationToken);

    /// <summary>
    /// Changes many rows of a day in batches. Retries the rows of a conflicting batch one by one. Reads all rows between the first and the last
    /// identifier, so papers should be passed in groups of neighbours; otherwise each call reads the whole day.
    /// </summary>
    /// <param name="day">The rows' day.</param>
    /// <param name="ids">The papers.</param>
    /// <param name="change">
    /// Takes the row and the time (storage service clock); returns the new row, or null to leave it unchanged. Called again if the row has changed.
    /// </param>
    /// <param name="cancellationToken">Cancels the update.</param>
    /// <returns>The changed rows before and after the write; the ETags of written rows are unknown.</returns>
    public async Task<IReadOnlyList<(PaperRow Previous, PaperRow Written)>> UpdateManyAsync(
        ListingDay day, IReadOnlySet<ArxivId> ids, Func<PaperRow, DateTimeOffset, PaperRow?> change, CancellationToken cancellationToken)
    {
        var written = new List<(PaperRow, PaperRow)>();
        var (_, now) = await ReadAsync(day, ids.First(), cancellationToken);
        var keys = ids.Select(id => id.Key).ToList();
        var changes = (await ReadRowsAsync(RowRange.Filter(day.ToString(), keys), cancellationToken))
            .Where(row => ids.Contains(row.Paper.Id))
            .Select(row => (Previous: row, Changed: change(row, now)))
            .Where(row => row.Changed is not null);
        foreach (var chunk in changes.Chunk(RowBatch.MaxRows / 2))
        {
            var entities = Array.ConvertAll(chunk, row => ToEntity(row.Changed!, NewWriteId()));
            try
            {
                var batch = new RowBatch();
                foreach (var (row, entity) in chunk.Zip(entities))
                    batch.Replace(entity, row.Previous.ETag);
                var timestamp = await batch.SubmitAsync(Table, cancellationToken);
                written.AddRange(chunk.Select(row => (row.Previous, row.Changed! with { Timestamp = timestamp, ETag = default })));
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.RequestEntityTooLarge)
            {
                // If this batch is a retry after a lost response, all of its rows are written. Otherwise each row is changed individually.
                var standing = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
                await foreach (var row in QueryBetween(entities, ["RowKey", WriteColumn, "Timestamp"], cancellationToken))
                    standing[row.RowKey] = row;
                foreach (var ((former, changed), entity) in chunk.Zip(entities))
                {
                    if (standing.TryGetValue(entity.RowKey, out var own) && own.GetString(WriteColumn) == entity.GetString(WriteColumn))
                    {
                        written.Add((former, changed! with { Timestamp = own.Timestamp!.Value, ETag = default }));
                        continue;
                    }

                    var before = former;
                    if (await UpdateAsync(day, former.Paper.Id, (row, at) => change(before = row, at), cancellationToken) is { } one)
                        written.Add((before, one));
                }
            }
        }

        return written;
    }

    /// <summary>Deletes all papers of a day.</summary>
    public async Task DeleteDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var keys = new List<TableEntity>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(
            CreateDayFilter(day), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            keys.Add(entity);

        foreach (var chunk in keys.Chunk(RowBatch.MaxRows))
        {
            var batch = new RowBatch();
            foreach (var entity in chunk)
                batch.Delete(entity);
            await batch.SubmitAsync(Table, cancellationToken);
        }
    }

    /// <summary>Queries the rows between the first and the last key of the given ones.</summary>
    private AsyncPageable<TableEntity> QueryBetween(TableEntity[] entities, IEnumerable<string> columns, CancellationToken cancellationToken) =>
        Table.QueryAsync<TableEntity>(
            RowRange.Filter(entities[0].PartitionKey, Array.ConvertAll(entities, entity => entity.RowKey)),
            select: columns,
            cancellationToken: cancellationToken);

    private static string CreateDayFilter(ListingDay day) => TableClient.CreateQueryFilter($"PartitionKey eq {day.ToString()}");

    private async Task<List<PaperRow>> ReadRowsAsync(string filter, CancellationToken cancellationToken)
    {
        var rows = new List<PaperRow>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(ToRow(entity));
        return rows;
    }

    private async Task<IReadOnlyList<ListingDay>> ReadDaysAsync(string after, CancellationToken cancellationToken)
    {
        var days = new List<ListingDay>();
        while (await FirstAfterAsync(after, cancellationToken) is { } key)
        {
            days.Add(ListingDay.Parse(key));
            after = key;
        }

        days.Reverse();
        return days;
    }

    private async Task<string?> FirstAfterAsync(string partition, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {partition}");
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken))
            return entity.PartitionKey;
        return null;
    }

    private async Task<DateTimeOffset> InsertIfMissingAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            return (await Table.AddEntityAsync(entity, cancellationToken)).ServedAt();
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
        {
            // The row exists, which is the intended result.
            return exception.GetRawResponse()!.ServedAt();
        }
    }

    private protected override void WriteColumns(PaperRow row, TableEntity entity)
    {
        entity["Position"] = row.Position;
        entity["AnnounceType"] = row.AnnounceType.ToString();
        entity["Version"] = row.Paper.Version;
        entity["PrimaryCategory"] = row.Paper.PrimaryCategory;
        entity["Sample"] = row.Sample;
        entity["Enriched"] = row.Enriched;
        entity["ReplacedOn"] = row.ReplacedOn?.ToString();
        entity["Retracted"] = row.Retracted;
        entity["State"] = row.State.ToString();
        entity["Deferrals"] = row.Deferrals;
        entity["PdfTried"] = row.PdfTried;
        entity["Method"] = row.Summary.Provenance.Method.ToString();
        CompressedJson.Write(entity, "Paper", row.Paper, DomainJson.Default.Paper);
        CompressedJson.Write(entity, "Summary", row.Summary, DomainJson.Default.Summary);
        if (row.Affiliations.Count > 0)
            CompressedJson.Write(entity, "Affiliations", row.Affiliations, DomainJson.Default.IReadOnlyListString);
        if (row.Previous.Count > 0)
            CompressedJson.Write(entity, "Previous", row.Previous, DomainJson.Default.IReadOnlyListPreviousSummary);
    }

    private protected override PaperRow ReadColumns(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Position = entity.GetInt32("Position") ?? 0,
        AnnounceType = Parse<AnnounceType>(entity, "AnnounceType"),
        Paper = CompressedJson.Read(entity, "Paper", DomainJson.Default.Paper) ?? throw CreateMissingColumnException(entity, "Paper"),
        Sample = entity.GetBoolean("Sample") ?? false,
        Enriched = entity.GetBoolean("Enriched") ?? false,
        ReplacedOn = entity.GetString("ReplacedOn") is { } replaced ? ListingDay.Parse(replaced) : null,
        Retracted = entity.GetBoolean("Retracted") ?? false,
        State = Parse<PaperState>(entity, "State"),
        Deferrals = entity.GetInt32("Deferrals") ?? 0,
        PdfTried = entity.GetInt32("PdfTried"),
        Summary = CompressedJson.Read(entity, "Summary", DomainJson.Default.Summary) ?? throw CreateMissingColumnException(entity, "Summary"),
        Affiliations = CompressedJson.Read(entity, "Affiliations", DomainJson.Default.IReadOnlyListString) ?? [],
        Previous = CompressedJson.Read(entity, "Previous", DomainJson.Default.IReadOnlyListPreviousSummary) ?? [],
    };

    private PaperProgress ToProgress(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Id = ArxivId.FromKey(entity.RowKey),
        Version = entity.GetInt32("Version") ?? 1,
        PrimaryCategory = entity.GetString("PrimaryCategory") ?? throw CreateMissingColumnException(entity, "PrimaryCategory"),
        State = Parse<PaperState>(entity, "State"),
        FallbackReason = Parse<FallbackReason>(entity, "FallbackReason"),
        Reason = entity.GetString("Reason"),
        Attempts = entity.GetInt32("Attempts") ?? 0,
        NotBefore = entity.GetDateTimeOffset("NotBefore"),
        LeaseEnd = entity.GetDateTimeOffset("LeaseEnd"),
        Enriched = entity.GetBoolean("Enriched") ?? false,
        Sample = entity.GetBoolean("Sample") ?? false,
        Retracted = entity.GetBoolean("Retracted") ?? false,
        Method = Parse<SummaryMethod>(entity, "Method"),
        Timestamp = entity.Timestamp ?? default,
    };

    private static InvalidDataException CreateMissingColumnException(TableEntity entity, string name) =>
        new($"Row {entity.PartitionKey}/{entity.RowKey} of {TableNames.Papers} has no {name}.");
}
