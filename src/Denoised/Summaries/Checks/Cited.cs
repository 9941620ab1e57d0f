using System.Text.RegularExpressions;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>What a sentence cites between quotation marks.</summary>
internal static partial class Cited
{
    // Fewer words around it, and the sentence is the quotation.
    private const int FewestAround = 4;

    /// <summary>The sentence without it; whole where it is nothing but a quotation.</summary>
    public static string Removed(string sentence)
    {
        var rest = Quotation().Replace(sentence, " […] ");
        return Words.Count(rest) >= FewestAround ? rest : sentence;
    }

    [GeneratedRegex(@"[“„«][^”«»“]{1,300}[”»“]|""[^""]{1,300}""|(?<!\p{L})[‘'`](?=\p{L})[^’'`]{3,300}[’'`](?!\p{L})|``[^`']{1,300}''", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Quotation();
}
