using System.Globalization;
using Denoised.Publishing;
using Microsoft.Data.Sqlite;

namespace Denoised.Api;

/// <summary>
/// Full-text search over an edition's papers: SQLite's FTS5 in memory, ranked by BM25 with the title first. Words are compared by their
/// stem, regardless of case and accents; the last word may be unfinished. Not for several threads at once. Source: https://sqlite.org/fts5.html.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>More words than this are not looked at.</summary>
    private const int MostWords = 16;

    private static readonly string[] columns = ["id", "title", "tags", "authors", "points", "summary", "abstract"];

    private readonly SqliteConnection connection = new("Data Source=:memory:");

    private SearchIndex(IReadOnlyList<PaperView> papers) => Papers = papers;

    /// <summary>Whether it can be searched; false once it is disposed and its memory is free.</summary>
    public bool IsOpen => connection.State == System.Data.ConnectionState.Open;

    /// <summary>All papers; a match is a place in this list.</summary>
    public IReadOnlyList<PaperView> Papers { get; }

    /// <summary>Makes the index.</summary>
    public static SearchIndex Of(IReadOnlyList<PaperView> papers)
    {
        var index = new SearchIndex(papers);
        index.Fill();
        return index;
    }

    /// <summary>The papers that hold all words of a query, best first; where there is none, those that hold any of them.</summary>
    /// <param name="query">Any text; only its letters and digits count.</param>
    /// <returns>Places in <see cref="Papers"/>; all of them in their order where the query holds no word.</returns>
    public IReadOnlyList<int> Find(string query)
    {
        var words = Words(query).Take(MostWords).ToList();
        if (words.Count == 0)
            return string.IsNullOrWhiteSpace(query) ? [.. Enumerable.Range(0, Papers.Count)] : [];

        // In quotation marks nothing has a meaning to FTS5, and the words hold none themselves.
        var terms = words.ConvertAll(word => $"\"{word}\"");
        if (char.IsWhiteSpace(query[^1]))
            return MatchAllOrAny(terms);

        // An unfinished word may be longer than the stem that is looked for ("federat", "feder").
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
            var isWord = at < query.Length && (char.IsLetterOrDigit(query[at]) || char.IsSurrogate(query[at]) || CharUnicodeInfo.GetUnicodeCategory(query[at]) == UnicodeCategory.NonSpacingMark);
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
                string.Join(' ', paper.Summary.KeyPoints.Select(point => point.Claim)),
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
