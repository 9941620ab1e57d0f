using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>Rows of one partition that are read together: the ones from the first of some keys to the last, and so whatever stands between.</summary>
internal static class RowRange
{
    /// <summary>The query's filter.</summary>
    public static string Filter(string partition, IReadOnlyCollection<string> rowKeys) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {rowKeys.Min(StringComparer.Ordinal)} and RowKey le {rowKeys.Max(StringComparer.Ordinal)}");
}
