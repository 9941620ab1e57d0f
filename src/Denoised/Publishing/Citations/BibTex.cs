using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Text;

namespace Denoised.Publishing.Citations;

/// <summary>Citations for BibTeX and BibLaTeX, in UTF-8.</summary>
internal static class BibTex
{
    private const string Unnamed = "anonymous";

    private static readonly Dictionary<char, char> plainLetters = PlainLetters();

    /// <summary>Writes papers; each gets a key of its own.</summary>
    public static string Write(IReadOnlyList<Citation> papers)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        return string.Join('\n', papers.Select(paper =>
        {
            var key = Key(paper);
            var count = taken.GetValueOrDefault(key);
            taken[key] = count + 1;
            var fields = new (string Name, string? Value)[]
            {
                ("title", $"{{{Tex(paper.Title)}}}"),
                ("author", string.Join(" and ", paper.Authors.Select(Author))),
                ("year", paper.Year),
                ("eprint", paper.Id),
                ("archiveprefix", "arXiv"),
                ("primaryclass", paper.PrimaryCategory),
                ("doi", paper.Doi),
                ("url", paper.Address),
                ("note", paper.JournalReference is { } journal ? Tex(journal) : null),
            };
            var lines = fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => $"  {field.Name} = {{{field.Value}}}");
            return $"@misc{{{key}{Suffix(count)},\n{string.Join(",\n", lines)}\n}}\n";
        }));
    }

    /// <summary>Text for BibTeX. It is TeX already where arXiv's authors wrote TeX; what would not compile is escaped.</summary>
    public static string Tex(string text)
    {
        var source = IsBalanced(text) ? text : Brace.Replace(text, match => match.Groups["kept"].Success ? match.Value : $@"\{match.Value}");
        var escaped = new StringBuilder();
        foreach (var (place, piece) in Maths.Split(source).Index())
            escaped.Append(place % 2 == 1 ? piece : Special.Replace(piece, match => match.Groups["kept"].Success ? match.Value : match.Value is @"\" ? @"\textbackslash{}" : match.Value is "^" or "~" ? $@"\{match.Value}{{}}" : $@"\{match.Value}"));
        return escaped.ToString();
    }

    private static bool IsBalanced(string tex)
    {
        var depth = 0;
        for (var at = 0; at < tex.Length; at++)
        {
            if (tex[at] == '\\')
                at++;
            else if (tex[at] == '{')
                depth++;
            else if (tex[at] == '}' && --depth < 0)
                return false;
        }

        return depth == 0;
    }

    private static string Author(string name) => PersonName.Parse(name) switch
    {
        { Literal: not null } => $"{{{Tex(name)}}}",
        { Suffix: { } suffix } person => Tex($"{person.Family}, {suffix}, {person.Given}"),
        var person => Tex($"{person.Family}, {person.Given}"),
    };

    private static string Key(Citation paper)
    {
        var author = PlainWord(PersonName.Parse(paper.Authors.Count > 0 ? paper.Authors[0] : Unnamed).Last);
        var word = paper.Title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(PlainWord).FirstOrDefault(word => word.Length > 3) ?? "paper";
        return $"{(author.Length > 0 ? author : Unnamed)}{paper.Year}{word}";
    }

    /// <summary>Nothing, then b to z, then 27 and so on: no key occurs twice.</summary>
    private static string Suffix(int count) => count == 0 ? "" : count < 26 ? ((char)('a' + count)).ToString() : (count + 1).ToString(CultureInfo.InvariantCulture);

    private static string PlainWord(string text) => string.Concat(text
        .Select(letter => char.ToLowerInvariant(plainLetters.GetValueOrDefault(letter, letter)))
        .Where(char.IsAsciiLetterOrDigit));

    private static Dictionary<char, char> PlainLetters()
    {
        var plain = new Dictionary<char, char>();
        for (var mark = '\u0300'; mark <= '\u0328'; mark++)
        {
            for (var letter = 'A'; letter <= 'z'; letter++)
            {
                if (Characters.Composed(letter, mark) is { } composed)
                    plain[composed] = letter;
            }
        }

        return plain;
    }

    private static readonly LinearRegex Maths = new(@"(?<maths>\$[^$]+\$)");
    private static readonly LinearRegex Special = new(@"(?<kept>\\[\s\S])|[&%#_$^~]|\\\z");
    private static readonly LinearRegex Brace = new(@"(?<kept>\\[\s\S])|[{}]");
}
