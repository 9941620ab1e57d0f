namespace Denoised.Grounding.Numbers;

/// <summary>Finds the columns of table rows, whose cells are separated by <c>|</c>.</summary>
internal static class TableColumns
{
    /// <summary>The column of a position in its row.</summary>
    public static int Of(string row, int at) => row.AsSpan(0, at).Count('|');

    /// <summary>
    /// Whether both positions are in the last column. A header with merged cells has fewer columns than its rows, but its last column is still the
    /// last one.
    /// </summary>
    public static bool IsLastOfBoth(string head, int at, string row, int column) =>
        head.AsSpan().Count('|') is var heads && row.AsSpan().Count('|') is var columns && heads != columns && Of(head, at) == heads && column == columns;
}
