using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Text as a reader takes it, whatever letters it is set in: what a model understands in spite of a disguise, patterns are to find too.</summary>
internal static class FoldedText
{
    // Letters of other scripts that look like Latin ones, and what they look like.
    private const string Lookalikes = "аеорсухіјѕԁԛԝһкмтвнАВЕКМНОРСТХУІЈЅαοενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private const string Latin = "aeopcyxijsdqwhkmtbhABEKMHOPCTXYIJSaoevikptuxABEZHIKMNOPTYX";

    private const int FewestSetApart = 6;

    private static readonly SearchValues<char> lookalikes = SearchValues.Create(Lookalikes);
    private static readonly SearchValues<char> substitutes = SearchValues.Create("013457@$");
    private static readonly SearchValues<char> hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>
    /// One line: without invisible characters, full-width, mathematical and look-alike letters made plain in words that mix scripts,
    /// letters set apart joined, figures in the place of letters read as these.
    /// </summary>
    public static string Of(string text)
    {
        text = Characters.Normalize(Characters.WithoutInvisible(text, hidden: null)).Replace('’', '\'');
        if (text.AsSpan().IndexOfAny(lookalikes) >= 0)
            text = Word.Replace(text, static word => Unmasked(word.Value));
        text = SetApart.Replace(text, static match => JoinedRun(match));
        if (text.AsSpan().ContainsAny(substitutes))
            text = Substituted.Replace(text, static match => Read(match));
        return Characters.CollapseWhiteSpace(text);
    }

    /// <summary>What a long run of Base64 or hexadecimal digits says; null where it says nothing.</summary>
    public static string? Decoded(string text)
    {
        foreach (var match in Encoded.EnumerateMatches(text))
        {
            var run = text.AsSpan(match.Index, match.Length);
            var bytes = new byte[run.Length];
            int length;
            if (run.Length % 2 == 0 && !run.ContainsAnyExcept(hexadecimal))
            {
                length = Convert.FromHexString(run, bytes, out _, out var written) == OperationStatus.Done ? written : 0;
            }
            else if (!Convert.TryFromBase64Chars(run[..(run.Length / 4 * 4)], bytes, out length))
            {
                continue;
            }

            // Figures and keys decode to anything but words.
            var decoded = Encoding.Latin1.GetString(bytes, 0, length);
            if (length >= 12 && decoded.All(static character => character is >= ' ' and <= '~' or '\n' or '\r' or '\t') && decoded.Contains(' ', StringComparison.Ordinal) && decoded.Count(char.IsAsciiLetter) > length * 0.6)
                return decoded;
        }

        return null;
    }

    // A word is unmasked only where Latin letters stand in it, or nothing but look-alikes: Russian and Greek words have letters of their own.
    private static string Unmasked(string word)
    {
        var hasLatin = word.Any(char.IsAsciiLetter);
        if (word.Length < 2 || !hasLatin && !word.All(static letter => Lookalikes.Contains(letter, StringComparison.Ordinal)))
            return word;
        return string.Create(word.Length, word, static (result, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                result[index] = Lookalikes.IndexOf(source[index], StringComparison.Ordinal) is var place and >= 0 ? Latin[place] : source[index];
        });
    }

    // Words of letters set apart are told from each other by nothing: joined, phrases are found in them without blanks.
    private static string Joined(string run) => string.Concat(run.Where(char.IsLetter));

    private static string JoinedRun(Match match)
    {
        // A last letter with others behind it begins a word: the run ends before it.
        var run = match.Groups["run"].ValueSpan;
        var end = run.Length;
        if (match.Groups["rest"].Length > 0)
        {
            for (end--; !char.IsLetter(run[end - 1]);)
                end--;
        }

        var letters = Joined(run[..end].ToString());
        return letters.Length < FewestSetApart ? match.Value : $"{match.Groups["before"].Value} {letters} {run[end..]}{match.Groups["rest"].Value}";
    }

    private static string Read(Match match) =>
        match.Groups["rest"].Length > 0 || match.Groups["word"].Length < 4 ? match.Value : match.Groups["before"].Value + Letters(match.Groups["word"].Value);

    private static string Letters(string word) => string.Concat(word.Select(static letter => letter switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', _ => letter }));

    private static readonly LinearRegex Word = new(@"\p{L}+");
    private static readonly LinearRegex SetApart = new(@"(?<before>^|[^\p{L}\p{N}])(?<run>(\p{L}[\s\-._·*]{1,3}){5,}\p{L})(?<rest>[\p{L}\p{N}]*)");

    // "1gn0re", "pr3vious": figures between letters; not "GPT4", "B2", "v1".
    private static readonly LinearRegex Substituted = new(@"(?<before>^|[^\p{L}\p{N}])(?<word>(\d[a-z]|[A-Za-z])[a-z]*([013457@$]{1,2}[a-z]+)+|[013457][a-z]{3,})(?<rest>[\p{L}\p{N}]*)");
    private static readonly LinearRegex Encoded = new(@"[A-Za-z0-9+/]{32,}={0,2}");
}
