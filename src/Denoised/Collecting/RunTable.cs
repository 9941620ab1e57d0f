using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>How the latest collection went.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended, or null while it runs (or where it died).</param>
/// <param name="Outcome"><c>running</c>, <c>complete</c>, or <c>incomplete</c>: something could not be read.</param>
/// <param name="Messages">What was odd, a sentence each.</param>
public sealed record CollectionRun(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Outcome, IReadOnlyList<string> Messages);

/// <summary>Remembers the latest collection.</summary>
public sealed class RunTable(TableServiceClient service)
{
    private const string Partition = "runs";
    private const string Row = "collection";

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>The latest collection, or null where there was none.</summary>
    public async Task<CollectionRun?> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return response.HasValue ? CompressedJson.Read(response.Value!, "Run", DenoisedJson.Default.CollectionRun) : null;
    }

    /// <summary>Remembers a collection in place of the one before.</summary>
    public async Task WriteAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, Row);
        CompressedJson.Write(entity, "Run", run, DenoisedJson.Default.CollectionRun);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }
}
