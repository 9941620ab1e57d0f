using System.Text.RegularExpressions;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>What a sentence cites between quotation marks.</summary>
internal static partial class Cited
{
    // Fewer words around it, and the sentence is the quotation.
    private const int FewestAround = 4;

    private const int MostCited = 4;

    /// <summary>The sentence without it; whole where it is nothing but a quotation.</summary>
    public static string Removed(string sentence)
    {
        var rest = Quotation().Replace(sentence, " […] ");
        return Words.Count(rest) >= FewestAround ? rest : sentence;
    }

    /// <summary>The sentences of a text, a quotation of several never cut in two.</summary>
    public static List<string> SentencesOf(string text)
    {
        var whole = new List<string>();
        var (isOpen, parts) = (false, 0);
        foreach (var sentence in Sentences.Of(text))
        {
            if (isOpen && parts < MostCited)
                (whole[^1], parts) = ($"{whole[^1]} {sentence}", parts + 1);
            else
                (parts, isOpen) = (1, false);
            if (parts == 1)
                whole.Add(sentence);
            isOpen = whole[^1].Count('"') % 2 == 1 || whole[^1].Count('“') > whole[^1].Count('”');
        }

        return whole;
    }

    [GeneratedRegex(@"[“„«][^”«»“]{1,300}[”»“]|""[^""]{1,300}""|(?<!\p{L})[‘'`](?=\p{L})[^’'`]{3,300}[’'`](?!\p{L})|``[^`']{1,300}''", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Quotation();
}
