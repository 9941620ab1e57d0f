using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Finds in a model's text what a manipulated paper made it say.</summary>
internal static class InjectionResidue
{
    private const int LeakedWords = 7;
    private const int RepeatedWords = 4;

    private static readonly PaperText none = PaperText.OfAbstract("", "");

    private static readonly LinearRegex WordOf = new(@"[\p{L}\p{N}]+");

    private static readonly FrozenSet<string> prompt = Runs(SummaryPrompt.System, LeakedWords).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What was found in a text that was written from no single paper, as it stands in a sentence behind "holds"; null where there is nothing.</summary>
    /// <param name="text">One text of a draft.</param>
    public static string? Find(string text) => Find(text, none);

    /// <summary>What was found, as it stands in a sentence behind "holds"; null where there is nothing.</summary>
    /// <param name="text">One text of a draft.</param>
    /// <param name="paper">The paper that it was written from, which may be about such things itself.</param>
    public static string? Find(string text, PaperText paper)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(paper);
        if (Markup.Find(text) is { } markup)
            return markup;
        if (Characters.WithoutInvisible(text, hidden: null).Length != text.Length)
            return "characters that cannot be seen";
        if (Domain.Matches(text).Any(match => !match.Groups["more"].Success && !IsOften(match.Groups["domain"].Value, paper)))
            return "a link";
        if (Mail.IsMatch(text))
            return "an address";
        if (FoldedText.Decoded(text) is not null)
            return "encoded text";
        if (Tongue.IsForeign(text))
            return "words in another language";
        if (Runs(text, LeakedWords).Any(prompt.Contains))
            return "words of its instructions";
        if (paper.LeftOut.Count > 0 && Repeats(text, paper))
            return "words of a passage that addresses a model";

        var isTopic = InjectionTopic.IsOf(paper);
        foreach (var sentence in Cited.SentencesOf(text))
        {
            if (FindIn(sentence, isTopic) is { } found)
                return found;
            if (isTopic)
                continue;
            var told = Cited.Removed(sentence);
            if (Residues.IsRequest(FoldedText.Of(told)) || SecondPerson.Matches(told).Any(match => !Stands(match.Value, paper)))
                return "words addressed to the reader";
        }

        return null;
    }

    /// <summary>What makes a passage of the paper unfit to be shown as a quote; null where nothing does.</summary>
    /// <param name="quote">A passage that stands in the paper.</param>
    /// <param name="paper">The paper.</param>
    public static string? FindInQuote(string quote, PaperText paper)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(paper);
        if (Link.IsMatch(quote))
            return "a link";
        if (FoldedText.Decoded(quote) is not null)
            return "encoded text";
        var isTopic = InjectionTopic.IsOf(paper);
        return Cited.SentencesOf(quote).Select(sentence => FindIn(sentence, isTopic)).FirstOrDefault(found => found is not null);
    }

    /// <summary>A passage up to its first link: "The code is at".</summary>
    internal static string BeforeLink(string passage) => Link.Match(passage) is { Success: true, Index: var start } ? passage[..start].TrimEnd(' ', '(') : passage;

    /// <summary>What a sentence holds, what it cites not counted where a paper may cite such things.</summary>
    internal static string? FindIn(string sentence, bool isTopic)
    {
        var folded = FoldedText.Of(sentence);
        var told = Cited.Removed(folded);
        return Orders.Find(isTopic ? told : folded, isTopic) ?? Residues.Find(told, isTopic);
    }

    // A firm's name may be an address ("Booking.com"): written as a name it may be said where the paper says it, else where the paper says it again and again.
    private static bool IsOften(string domain, PaperText paper)
    {
        if (domain.Contains('/', StringComparison.Ordinal))
            return false;
        return Texts(paper).Count(block => block.Contains(domain, StringComparison.Ordinal)) >= (char.IsAsciiLetterUpper(domain[0]) ? 1 : 3);
    }

    // "What you see is what you get" may be a paper's own word.
    private static bool Stands(string words, PaperText paper) => Texts(paper).Any(block => block.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Texts(PaperText paper) => paper.Sections.SelectMany(section => section.Blocks).Select(block => block.Text).Append(paper.Abstract).Append(paper.Title);

    // Words that only a passage holds that was left out.
    private static bool Repeats(string text, PaperText paper)
    {
        var left = paper.LeftOut.SelectMany(passage => Runs(passage, RepeatedWords)).ToHashSet(StringComparer.Ordinal);
        left.RemoveWhere(run => run.Split(' ').Count(word => word.Length > 4) < 2);
        left.IntersectWith(Runs(text, RepeatedWords));
        if (left.Count == 0)
            return false;
        foreach (var part in Texts(paper))
            left.ExceptWith(Runs(part, RepeatedWords));
        return left.Count > 0;
    }

    /// <summary>All runs of so many words, lower case, without punctuation.</summary>
    private static IEnumerable<string> Runs(string text, int length)
    {
        var words = WordOf.Matches(text).Select(word => word.Value.ToLowerInvariant()).ToArray();
        for (var index = 0; index + length <= words.Length; index++)
            yield return string.Join(' ', words, index, length);
    }

    // Names in capitals ("You Only Look Once") are none.
    private static readonly LinearRegex SecondPerson = new(@"(\b\w{1,40} )?\b((you|your|yours|yourself|Your)\b( \w{1,40})?|You [a-z]\w{0,39})");

    // Folding reads the sign in the middle as a letter.
    private static readonly LinearRegex Mail = new(@"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}\b");
    private static readonly LinearRegex Link = new(@"h(tt|xx)ps?\s?:|www\.|\]\(|mailto:", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Domain = new(@"(^|[^\w@.-])(?<domain>([A-Za-z0-9][A-Za-z0-9-]*\.)+(com|org|net|io|ai|AI|dev|app|xyz|info|biz|site|online|shop|store|club|ru|cn|uk|tv|ly|gg|cc|tech|edu|gov|eu|co)\b(?<more>-|\.\w)?(/[^\s)]*)?)");
}
