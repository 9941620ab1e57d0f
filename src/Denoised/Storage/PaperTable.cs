using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>The table of papers.</summary>
public sealed class PaperTable(TableServiceClient service) : WorkTable<PaperRow>(service, TableNames.Papers)
{
    // In UTF-8 at most three times as many bytes; a row holds 1 MiB, the summary included. 5,000 authors take a tenth of this.
    private const int MaxMetadataLength = 250_000;

    private static readonly string[] stateColumns =
        ["PartitionKey", "RowKey", "Timestamp", "State", "Obstacle", "Reason", "Attempts", "NotBefore", "LeaseEnd", "Enriched", "Sample", "Retracted", "Method", "Version", "PrimaryCategory"];

    /// <summary>Whether a paper's metadata surely fits into a row, even where compression gains nothing.</summary>
    public static bool Fits(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        return paper.Title.Length + paper.Abstract.Length + (paper.Comment?.Length ?? 0) + paper.Authors.Sum(author => author.Length + 3) <= MaxMetadataLength;
    }

    /// <summary>Reads one paper.</summary>
    /// <returns>The row, or null where there is none, and the storage service's time.</returns>
    public Task<(PaperRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, ArxivId id, CancellationToken cancellationToken) => ReadAsync(day, id.Key, cancellationToken);

    /// <summary>Reads all papers of a day, in the day's order.</summary>
    public async Task<IReadOnlyList<PaperRow>> ReadDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(OfDay(day), cancellationToken);
        rows.Sort((left, right) => left.Position != right.Position
            ? left.Position.CompareTo(right.Position)
            : string.CompareOrdinal(left.Paper.Id.Key, right.Paper.Id.Key));
        return rows;
    }

    /// <summary>Reads how far each paper of a day has come, without metadata and summaries, by identifier.</summary>
    public async Task<IReadOnlyList<PaperProgress>> ReadProgressAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = new List<PaperProgress>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(OfDay(day), select: stateColumns, cancellationToken: cancellationToken))
            rows.Add(ToProgress(entity));
        return rows;
    }

    /// <summary>The days that have papers, newest first. Reads one key a day, by skipping from partition to partition.</summary>
    public Task<IReadOnlyList<ListingDay>> ReadDaysAsync(CancellationToken cancellationToken) => ReadDaysAsync("", cancellationToken);

    /// <summary>The newest day that has papers, or null where there is none. Does not go through a long history: it begins two weeks ago, and at the beginning only where nothing is newer.</summary>
    /// <param name="now">Now; a clock that is wrong costs time, no more.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<ListingDay?> FindNewestDayAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = await ReadDaysAsync(new ListingDay(DateOnly.FromDateTime(now.UtcDateTime.AddDays(-14))).ToString(), cancellationToken);
        var days = recent.Count > 0 ? recent : await ReadDaysAsync(cancellationToken);
        return days.Count > 0 ? days[0] : null;
    }

    /// <summary>Adds papers; those that are there already stay as they are.</summary>
    /// <returns>When the last of them was written (the storage service's clock).</returns>
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

    /// <summary>Adds rows of one day; those that are there already stay as they are.</summary>
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
                // Some of them are there: a repeated request that had succeeded, or a collection that died half-way. The others are left to add.
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
                // Together they are larger than a batch may be: one by one then.
                var written = DateTimeOffset.MinValue;
                foreach (var entity in entities)
                    written = await InsertIfMissingAsync(entity, cancellationToken);
                return written;
            }
        }
    }

    /// <summary>Changes a row, and reads it again as often as another instance is faster.</summary>
    /// <param name="day">The row's day.</param>
    /// <param name="id">The row's paper.</param>
    /// <param name="change">Given the row and the storage service's time, gives the new row, or null to leave it alone.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The row as written, or null where there is none or it was left alone.</returns>
    public Task<PaperRow?> UpdateAsync(ListingDay day, ArxivId id, Func<PaperRow, DateTimeOffset, PaperRow?> change, CancellationToken cancellationToken) =>
        UpdateAsync(day, id.Key, change, NewWriteId(), cancellationToken);

    /// <summary>
    /// Changes many rows of a day, a batch at a time; where somebody else is faster, each for itself. Reads the rows from the first
    /// identifier to the last: who has many papers asks for neighbours, or reads the whole day each time.
    /// </summary>
    /// <param name="day">The rows' day.</param>
    /// <param name="ids">The papers.</param>
    /// <param name="change">Given the row and the storage service's time, gives the new row, or null to leave it alone. May be called again for a row that has changed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows as they were and as written, of those that were changed; ETags of the latter are not known.</returns>
    public async Task<IReadOnlyList<(PaperRow Former, PaperRow Written)>> UpdateManyAsync(
        ListingDay day, IReadOnlySet<ArxivId> ids, Func<PaperRow, DateTimeOffset, PaperRow?> change, CancellationToken cancellationToken)
    {
        var written = new List<(PaperRow, PaperRow)>();
        var (_, now) = await ReadAsync(day, ids.First(), cancellationToken);
        var keys = ids.Select(id => id.Key).ToList();
        var changes = (await ReadRowsAsync(RowRange.Filter(day.ToString(), keys), cancellationToken))
            .Where(row => ids.Contains(row.Paper.Id))
            .Select(row => (Former: row, Changed: change(row, now)))
            .Where(row => row.Changed is not null);
        foreach (var chunk in changes.Chunk(RowBatch.MaxRows / 2))
        {
            var entities = Array.ConvertAll(chunk, row => ToEntity(row.Changed!, NewWriteId()));
            try
            {
                var batch = new RowBatch();
                foreach (var (row, entity) in chunk.Zip(entities))
                    batch.Replace(entity, row.Former.ETag);
                var timestamp = await batch.SubmitAsync(Table, cancellationToken);
                written.AddRange(chunk.Select(row => (row.Former, row.Changed! with { Timestamp = timestamp, ETag = default })));
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.RequestEntityTooLarge)
            {
                // Of this very batch, repeated because its answer was lost, all rows are written; else each is changed for itself.
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

    /// <summary>Removes all papers of a day.</summary>
    public async Task DeleteDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var keys = new List<TableEntity>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(OfDay(day), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
            keys.Add(entity);

        foreach (var chunk in keys.Chunk(RowBatch.MaxRows))
        {
            var batch = new RowBatch();
            foreach (var entity in chunk)
                batch.Delete(entity);
            await batch.SubmitAsync(Table, cancellationToken);
        }
    }

    /// <summary>The rows that stand where these are to stand, and between them.</summary>
    private AsyncPageable<TableEntity> QueryBetween(TableEntity[] entities, IEnumerable<string> columns, CancellationToken cancellationToken) =>
        Table.QueryAsync<TableEntity>(RowRange.Filter(entities[0].PartitionKey, Array.ConvertAll(entities, entity => entity.RowKey)), select: columns, cancellationToken: cancellationToken);

    private static string OfDay(ListingDay day) => TableClient.CreateQueryFilter($"PartitionKey eq {day.ToString()}");

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
            // It is there: what was wanted.
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
        CompressedJson.Write(entity, "Paper", row.Paper, DenoisedJson.Default.Paper);
        CompressedJson.Write(entity, "Summary", row.Summary, DenoisedJson.Default.Summary);
        if (row.Former.Count > 0)
            CompressedJson.Write(entity, "Former", row.Former, DenoisedJson.Default.IReadOnlyListFormerSummary);
    }

    private protected override PaperRow ReadColumns(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Position = entity.GetInt32("Position") ?? 0,
        AnnounceType = Parse<AnnounceType>(entity, "AnnounceType"),
        Paper = CompressedJson.Read(entity, "Paper", DenoisedJson.Default.Paper) ?? throw Missing(entity, "Paper"),
        Sample = entity.GetBoolean("Sample") ?? false,
        Enriched = entity.GetBoolean("Enriched") ?? false,
        ReplacedOn = entity.GetString("ReplacedOn") is { } replaced ? ListingDay.Parse(replaced) : null,
        Retracted = entity.GetBoolean("Retracted") ?? false,
        State = Parse<PaperState>(entity, "State"),
        Deferrals = entity.GetInt32("Deferrals") ?? 0,
        PdfTried = entity.GetInt32("PdfTried"),
        Summary = CompressedJson.Read(entity, "Summary", DenoisedJson.Default.Summary) ?? throw Missing(entity, "Summary"),
        Former = CompressedJson.Read(entity, "Former", DenoisedJson.Default.IReadOnlyListFormerSummary) ?? [],
    };

    private PaperProgress ToProgress(TableEntity entity) => new()
    {
        Day = ListingDay.Parse(entity.PartitionKey),
        Id = ArxivId.FromKey(entity.RowKey),
        Version = entity.GetInt32("Version") ?? 1,
        PrimaryCategory = entity.GetString("PrimaryCategory") ?? throw Missing(entity, "PrimaryCategory"),
        State = Parse<PaperState>(entity, "State"),
        Obstacle = Parse<SummaryObstacle>(entity, "Obstacle"),
        Reason = entity.GetString("Reason"),
        Attempts = entity.GetInt32("Attempts") ?? 0,
        NotBefore = entity.GetDateTimeOffset("NotBefore"),
        LeaseEnd = entity.GetDateTimeOffset("LeaseEnd"),
        Enriched = entity.GetBoolean("Enriched") ?? false,
        Sample = entity.GetBoolean("Sample") ?? false,
        Retracted = entity.GetBoolean("Retracted") ?? false,
        Method = Parse<Summaries.SummaryMethod>(entity, "Method"),
        Timestamp = entity.Timestamp ?? default,
    };

    private static InvalidDataException Missing(TableEntity entity, string name) =>
        new($"Row {entity.PartitionKey}/{entity.RowKey} of {TableNames.Papers} has no {name}.");
}
