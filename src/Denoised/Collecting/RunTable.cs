using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>The result of the latest collection.</summary>
/// <param name="StartedAt">The start.</param>
/// <param name="FinishedAt">The end, or null while it runs (or after a crash).</param>
/// <param name="Outcome"><c>running</c>, <c>complete</c>, or <c>incomplete</c>: a source could not be read.</param>
/// <param name="Messages">One sentence for each anomaly.</param>
public sealed record CollectionRun(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Outcome, IReadOnlyList<string> Messages);

/// <summary>Stores the latest collection.</summary>
public sealed class RunTable(TableServiceClient service)
{
    private const string Partition = "runs";
    private const string Row = "collection";

    private readonly TableClient table = service.GetTableClient(TableNames.Coordination);

    /// <summary>The latest collection, or null.</summary>
    public async Task<CollectionRun?> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return response.HasValue ? CompressedJson.Read(response.Value!, "Run", CollectingJson.Default.CollectionRun) : null;
    }

    /// <summary>Replaces the stored collection.</summary>
    public async Task WriteAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, Row);
        CompressedJson.Write(entity, "Run", run, CollectingJson.Default.CollectionRun);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }
}
