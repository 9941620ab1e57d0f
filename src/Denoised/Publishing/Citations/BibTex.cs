using System.Globalization;
using Denoised.Arxiv.Feeds;
using Denoised.Publishing.Tex;
using Denoised.Text;

namespace Denoised.Publishing.Citations;

/// <summary>Citations for BibTeX and BibLaTeX, in UTF-8.</summary>
internal static class BibTex
{
    private const string Unnamed = "anonymous";

    private static readonly Dictionary<char, string> plainLetters = PlainLetters();

    /// <summary>Writes papers, each with a unique key.</summary>
    public static string Write(IReadOnlyList<Citation> papers)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        return string.Join('\n', papers.Select(paper =>
        {
            var key = BuildKey(paper);
            var count = taken.GetValueOrDefault(key);
            taken[key] = count + 1;
            var fields = new (string Name, string? Value)[]
            {
                ("title", $"{{{Tex(paper.Title)}}}"),
                ("author", string.Join(" and ", paper.Authors.Select(FormatAuthor))),
                ("year", paper.Year),
                ("eprint", paper.Id),
                ("archiveprefix", "arXiv"),
                ("primaryclass", paper.PrimaryCategory),
                ("doi", paper.Doi),
                ("url", paper.Address),
                ("note", paper.JournalReference is { } journal ? Tex(journal) : null),
            };
            var lines = fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => $"  {field.Name} = {{{field.Value}}}");
            return $"@misc{{{key}{FormatSuffix(count)},\n{string.Join(",\n", lines)}\n}}\n";
        }));
    }

    /// <summary>Escapes text for BibTeX. Keeps the formulas of the authors and escapes everything that LaTeX would not compile.</summary>
    public static string Tex(string text) =>
        string.Concat(TexReader.Read(text).Select(piece => piece.IsMaths ? FormatFormula(piece.Text) : Escape(piece.Text)));

    private static string FormatFormula(string source)
    {
        if (!IsBalanced(source))
            return Escape(source);
        var escaped = (source.Contains(@"\begin", StringComparison.Ordinal) ? Comment : CommentOrTab).Replace(
            source, match => match.Groups["kept"].Success ? match.Value : $@"\{match.Value}");
        return escaped switch
        {
            ['$', '$', .. var formula, '$', '$'] => $"${formula}$",
            ['\\', '(' or '[', .. var formula, '\\', _] => $"${formula}$",
            _ => escaped,
        };
    }

    private static string Escape(string text) => Special.Replace(text, match => match.Value switch
    {
        ['{', _, ..] => match.Value,
        @"\" => @"\textbackslash{}",
        "^" or "~" => $@"\{match.Value}{{}}",
        "\u00A0" => "~",
        "\u202F" => @"\,",
        _ => $@"\{match.Value}",
    });

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

    private static string FormatAuthor(string name)
    {
        var person = PersonName.Parse(name);
        if (person.Literal is { } literal)
            return $"{{{Tex(literal)}}}";

        // BibTeX would treat the words up to a lower-case one as particles.
        var family = person.Family!.Split(' ').Any(PersonName.IsLower) && person.Family.Contains(' ', StringComparison.Ordinal)
            ? $"{{{Tex(person.Family)}}}"
            : Tex(person.Family);
        return string.Join(
            ", ",
            new[] { person.Particles is null ? family : $"{Tex(person.Particles)} {family}", person.Suffix, Tex(person.Given!) }.OfType<string>());
    }

    private static string BuildKey(Citation paper)
    {
        var author = PlainWord(PersonName.Parse(paper.Authors.Count > 0 ? paper.Authors[0] : Unnamed).Last);
        var word = TexReader.PlainText(paper.Title)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(PlainWord)
            .FirstOrDefault(word => word.Length > 3)
            ?? "paper";
        return $"{(author.Length > 0 ? author : Unnamed)}{paper.Year}{word}";
    }

    /// <summary>The suffix of a repeated key: empty, then b to z, then 27 and so on.</summary>
    private static string FormatSuffix(int count) =>
        count == 0 ? "" : count < 26 ? ((char)('a' + count)).ToString() : (count + 1).ToString(CultureInfo.InvariantCulture);

    private static string PlainWord(string text) => string.Concat(text
        .SelectMany(letter => plainLetters.GetValueOrDefault(letter) ?? letter.ToString())
        .Where(char.IsAsciiLetterOrDigit)
        .Select(char.ToLowerInvariant));

    private static Dictionary<char, string> PlainLetters()
    {
        var plain = TexCommands.Letters.ToDictionary(letter => letter.Value[0], letter => letter.Key);
        for (var mark = '\u0300'; mark <= '\u0328'; mark++)
        {
            for (var letter = 'A'; letter <= 'z'; letter++)
            {
                if (Characters.Composed(letter, mark) is { } composed)
                    plain[composed] = letter.ToString();
            }
        }

        return plain;
    }

    private static readonly LinearRegex Special = new(@"\{[\p{L}\p{N}+-]+\}|[\\{}&%#_$^~\u00A0\u202F]");
    private static readonly LinearRegex Comment = new(@"(?<kept>\\[\s\S])|[%#]");
    private static readonly LinearRegex CommentOrTab = new(@"(?<kept>\\[\s\S])|[%#&]");
}
