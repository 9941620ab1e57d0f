using System.Globalization;
using Denoised.Publishing.Snapshots;
using Microsoft.Data.Sqlite;

namespace Denoised.Api;

/// <summary>
/// Full-text search over an edition's papers: an in-memory SQLite FTS5 table, ranked by BM25 with the title weighted highest. Words match by their
/// stem, ignoring case and accents; the last word may be incomplete. Not thread-safe. Source: https://sqlite.org/fts5.html.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>Further words of a query are ignored.</summary>
    private const int MaxQueryWords = 16;

    private static readonly string[] columns = ["id", "title", "tags", "authors", "points", "summary", "abstract"];

    private readonly SqliteConnection connection = new("Data Source=:memory:");

    private SearchIndex(IReadOnlyList<PaperView> papers) => Papers = papers;

    /// <summary>Whether the index is usable; false after disposal, which frees the memory.</summary>
    public bool IsOpen => connection.State == System.Data.ConnectionState.Open;

    /// <summary>All papers. A match is an index into this list.</summary>
    public IReadOnlyList<PaperView> Papers { get; }

    /// <summary>Builds the index.</summary>
    public static SearchIndex Of(IReadOnlyList<PaperView> papers)
    {
        var index = new SearchIndex(papers);
        index.Fill();
        return index;
    }

    /// <summary>Finds the papers that contain all words of a query, best first; if there are none, the papers that contain any of them.</summary>
    /// <param name="query">Arbitrary text; only letters and digits count.</param>
    /// <returns>Indexes into <see cref="Papers"/>; all papers in their order if the query is blank.</returns>
    public IReadOnlyList<int> Find(string query)
    {
        var words = Words(query).Take(MaxQueryWords).ToList();
        if (words.Count == 0)
            return string.IsNullOrWhiteSpace(query) ? [.. Enumerable.Range(0, Papers.Count)] : [];

        // FTS5 treats quoted text literally, and the words contain no quotation marks.
        var terms = words.ConvertAll(word => $"\"{word}\"");
        if (char.IsWhiteSpace(query[^1]))
            return MatchAllOrAny(terms);

        // An incomplete word may be longer than the indexed stem ("federat", "feder").
        var last = words[^1];
        for (var length = last.Length; length >= Math.Max(last.Length - 3, Math.Min(4, last.Length)); length--)
        {
            terms[^1] = $"\"{last[..length]}\"*";
            if (Match(string.Join(" AND ", terms)) is { Count: > 0 } found)
                return found;
        }

        terms[^1] = $"\"{last}\"*";
        return MatchAllOrAny(terms);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static IEnumerable<string> Words(string query)
    {
        var start = -1;
        for (var at = 0; at <= query.Length; at++)
        {
            var isWord = at < query.Length
                && (char.IsLetterOrDigit(query[at]) || char.IsSurrogate(query[at])
                    || CharUnicodeInfo.GetUnicodeCategory(query[at]) == UnicodeCategory.NonSpacingMark);
            if (isWord && start < 0)
                start = at;
            if (!isWord && start >= 0)
            {
                yield return query[start..at];
                start = -1;
            }
        }
    }

    private void Fill()
    {
        connection.Open();
        using var table = connection.CreateCommand();
        table.CommandText = $"CREATE VIRTUAL TABLE paper USING fts5({string.Join(", ", columns)}, content='', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')";
        table.ExecuteNonQuery();

        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO paper(rowid, {string.Join(", ", columns)}) VALUES ($row, ${string.Join(", $", columns)})";
        var row = insert.Parameters.Add("$row", SqliteType.Integer);
        var values = Array.ConvertAll(columns, column => insert.Parameters.Add("$" + column, SqliteType.Text));
        foreach (var (place, paper) in Papers.Index())
        {
            row.Value = place;
            string[] fields =
            [
                paper.Id.Value,
                paper.Title,
                string.Join(' ', paper.Summary.Tags.Concat(paper.Categories)),
                string.Join(' ', paper.Authors),
                string.Join(' ', paper.Summary.Claims().Select(point => point.Claim)),
                string.Join(' ', paper.Summary.Overview, paper.Summary.Methodology, paper.Summary.Results, paper.Summary.Implications),
                paper.Abstract,
            ];
            foreach (var (value, field) in values.Zip(fields))
                value.Value = field;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private List<int> MatchAllOrAny(List<string> terms)
    {
        var all = Match(string.Join(" AND ", terms));
        return all.Count > 0 || terms.Count == 1 ? all : Match(string.Join(" OR ", terms));
    }

    private List<int> Match(string expression)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT rowid FROM paper WHERE paper MATCH $expression ORDER BY bm25(paper, 10, 10, 4, 4, 3, 1, 1), rowid";
        select.Parameters.AddWithValue("$expression", expression);
        using var reader = select.ExecuteReader();
        var rows = new List<int>();
        while (reader.Read())
            rows.Add(reader.GetInt32(0));
        return rows;
    }
}
