using System.Globalization;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.Arxiv;

/// <summary>
/// Implements arXiv's <c>search_query</c>: <c>field:value</c> terms with AND, OR, ANDNOT and parentheses. AND has higher precedence than OR. Fields:
/// cat, ti, au, abs, co, id, all, and submittedDate and lastUpdatedDate with <c>[YYYYMMDDHHMM TO YYYYMMDDHHMM]</c> (GMT, inclusive).
/// </summary>
internal sealed partial class ApiSearch
{
    private readonly List<string> tokens;
    private int at;

    private ApiSearch(List<string> tokens) => this.tokens = tokens;

    /// <summary>Compiles a query.</summary>
    /// <exception cref="FormatException">The query is invalid; the message gives the position.</exception>
    public static Func<SimulatedPaper, bool> Parse(string query)
    {
        var matches = Token().Matches(query);
        var covered = matches.Sum(static m => m.Length) + query.Count(char.IsWhiteSpace) - matches.Sum(static m => m.Value.Count(char.IsWhiteSpace));
        if (covered != query.Length)
            throw new FormatException($"unbalanced quotes or brackets in '{query}'");
        var search = new ApiSearch([.. matches.Select(static m => m.Value)]);
        var result = search.Either();
        if (search.at < search.tokens.Count)
            throw new FormatException($"'{search.tokens[search.at]}' is not expected there");
        return result;
    }

    [GeneratedRegex(@"\(|\)|\w+:\[[^\]]*\]|\w+:""[^""]*""|""[^""]*""|[^\s()""\[\]]+", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"^\[(?<from>\d{8}|\d{12}|\d{14}|\*)\s+TO\s+(?<until>\d{8}|\d{12}|\d{14}|\*)\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();

    private Func<SimulatedPaper, bool> Either()
    {
        var left = Both();
        while (Take("OR"))
        {
            var (first, second) = (left, Both());
            left = paper => first(paper) || second(paper);
        }

        return left;
    }

    private Func<SimulatedPaper, bool> Both()
    {
        var left = One();
        while (true)
        {
            if (Take("AND"))
            {
                var (first, second) = (left, One());
                left = paper => first(paper) && second(paper);
            }
            else if (Take("ANDNOT"))
            {
                var (first, second) = (left, One());
                left = paper => first(paper) && !second(paper);
            }
            else
            {
                return left;
            }
        }
    }

    private Func<SimulatedPaper, bool> One()
    {
        if (Take("("))
        {
            var inner = Either();
            return Take(")") ? inner : throw new FormatException("a closing parenthesis is missing");
        }

        if (at >= tokens.Count || tokens[at] is ")" or "AND" or "OR" or "ANDNOT")
            throw new FormatException("a search term is missing");
        return Term(tokens[at++]);
    }

    private bool Take(string token)
    {
        if (at >= tokens.Count || tokens[at] != token)
            return false;
        at++;
        return true;
    }

    private static Func<SimulatedPaper, bool> Term(string term)
    {
        var colon = term.IndexOf(':', StringComparison.Ordinal);
        var field = colon < 0 ? "all" : term[..colon];
        var value = term[(colon + 1)..].Trim('"');
        return field switch
        {
            "cat" when value.EndsWith('*') => paper => paper.Categories.Any(c => c.StartsWith(value[..^1], StringComparison.Ordinal)),
            "cat" => paper => paper.Categories.Contains(value, StringComparer.Ordinal),
            "id" => paper => paper.Id == value || paper.VersionedId == value,
            "ti" => paper => Has(paper.Title, value),
            "abs" => paper => Has(paper.Abstract, value),
            "co" => paper => Has(paper.Comment, value),
            "au" => paper => paper.Authors.Any(author => Has(author, value)),
            "all" => paper => Has(paper.Title, value) || Has(paper.Abstract, value) || paper.Authors.Any(author => Has(author, value)),
            "submittedDate" => InRange(value, static paper => paper.Published),
            "lastUpdatedDate" => InRange(value, static paper => paper.Updated),
            _ => throw new FormatException($"'{field}' is not a field that can be searched"),
        };
    }

    private static bool Has(string? text, string value) => text is not null && text.Contains(value, StringComparison.OrdinalIgnoreCase);

    private static Func<SimulatedPaper, bool> InRange(string range, Func<SimulatedPaper, DateTimeOffset?> time)
    {
        var match = Range().Match(range);
        if (!match.Success)
            throw new FormatException($"'{range}' is not a range such as [202603130000 TO 202603170000]");
        var from = Bound(match.Groups["from"].Value, DateTimeOffset.MinValue);
        var until = Bound(match.Groups["until"].Value, DateTimeOffset.MaxValue);
        return paper => time(paper) is { } t && t >= from && t <= until;
    }

    private static DateTimeOffset Bound(string text, DateTimeOffset open)
    {
        if (text == "*")
            return open;
        if (!DateTime.TryParseExact(text, ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            throw new FormatException($"'{text}' is not a time such as 202603170000");
        return new DateTimeOffset(time, TimeSpan.Zero);
    }
}
