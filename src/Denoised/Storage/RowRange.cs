using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>Selects a key range of one partition: all rows between the smallest and the largest of the given keys.</summary>
internal static class RowRange
{
    /// <summary>Builds the query filter.</summary>
    public static string Filter(string partition, IReadOnlyCollection<string> rowKeys) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {rowKeys.Min(StringComparer.Ordinal)} and RowKey le {rowKeys.Max(StringComparer.Ordinal)}");
}
