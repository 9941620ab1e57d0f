using System.Buffers;
using Denoised.Text;

namespace Denoised.Domain;

/// <summary>Extracts the publication venue from the authors' comment on arXiv ("Accepted at ICML 2026, 12 pages").</summary>
internal static class Venue
{
    // Authors often give only the names of these venues, without a word such as "accepted".
    private static readonly HashSet<string> wellKnown = new(
        [
            "AAAI", "AAMAS", "ACL", "AISTATS", "BMVC", "CIKM", "COLING", "COLT", "CVPR", "CoRL", "EACL", "ECCV", "ECML", "EMNLP", "ICASSP", "ICCV",
            "ICLR", "ICML", "ICRA", "IJCAI", "IJCNN", "INTERSPEECH", "IROS", "Interspeech", "KDD", "LREC", "MICCAI", "MLSys", "NAACL", "NIPS",
            "NeurIPS", "RSS", "SIGIR", "UAI", "WACV", "WSDM", "WWW"],
        StringComparer.Ordinal);

    /// <summary>Finds the venue.</summary>
    /// <returns>
    /// A conference with its year ("ICML 2026", "ICLR 2026 workshop") or the name of a journal; null if the comment does not mention acceptance.
    /// </returns>
    public static string? Find(string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
            return null;

        // "A previous version was submitted to …" names a venue where the paper does not appear.
        foreach (var sentence in SentenceEnd.Replace(comment, ";${first}").Split([';', '\n']))
        {
            var text = new TokenizedText(sentence);
            var found = words.Find(text).ToLookup(static match => match.List);
            if (found.Contains(Undecided))
                continue;
            var isAccepted = found.Contains(Accepted);
            foreach (var match in Conference.Matches(sentence)
                .Where(match => match.Groups["name"].Value is var name && name.Count(char.IsAsciiLetterUpper) > 1
                    && (isAccepted || wellKnown.Contains(name))))
            {
                var workshop = sentence.Contains("workshop", StringComparison.OrdinalIgnoreCase) ? " workshop" : "";
                return $"{match.Groups["name"].Value} {match.Groups["year"].Value}{workshop}";
            }

            if (JournalIn(sentence, text, found) is { } journal)
                return journal;
        }

        return null;
    }

    // "Accepted for publication in the Journal of …": the name ends at the next punctuation mark or digit.
    private static string? JournalIn(string sentence, TokenizedText text, ILookup<int, PhraseMatch> found)
    {
        foreach (var accepted in found[Appearing])
        {
            foreach (var name in found[Journal].Where(name => name.Start >= accepted.End))
            {
                var (from, at, end) = (text.EndBefore(accepted.End), text.Tokens[name.Start].At, text.EndBefore(name.End));
                var before = sentence.AsSpan(from, at - from);
                var start = at + leading.Match(sentence[at..end]).Length;
                if (start == at || before.Length > MaxGapBeforeName || before.ContainsAny(".;,(") || !char.IsAsciiLetterUpper(sentence[start]))
                    continue;
                var rest = sentence.AsSpan(end, Math.Min(MaxNameLength, sentence.Length - end));
                var length = rest.IndexOfAny(nameEnds);
                return sentence[start..(end + (length < 0 ? rest.Length : length))].TrimEnd(' ', ',', ':', '-');
            }
        }

        return null;
    }

    private static readonly SearchValues<char> nameEnds = SearchValues.Create(".;,()0123456789");

    private const int MaxGapBeforeName = 40;
    private const int MaxNameLength = 60;

    private const int Undecided = 0;
    private const int Accepted = 1;
    private const int Appearing = 2;
    private const int Journal = 3;

    private static readonly PhraseMatcher words = new(
        ["(submitted|submission|under review|in review|rejected|not accepted|withdrawn|intended for|preparing)"],
        ["(accepted|appear|appears|appeared|appearing|published|presented|camera (-)? ready|proceedings|oral|spotlight|poster)"],
        ["(accepted|published|to appear|appears?)"],
        ["(in|by|at|for|to) (the)? (ieee|acm|ieee / acm|siam|springer|elsevier)? (transactions|journal|letters|annals|nature|advances|proceedings"
            + "|machine learning|neurocomputing|neural|pattern|physical|physics|computer|computers|information|expert|knowledge|artificial)"]);

    private static readonly LinearRegex leading = new(@"^[a-z]+\s+(the\s+)?");
    private static readonly LinearRegex SentenceEnd = new(@"\.\s+(?<first>[A-Z])");

    // An acronym (at least two capitals) before its year: "ICML 2026", "CVPR2026", "(CVPR) 2026", but not "NeurIPS'25".
    private static readonly LinearRegex Conference = new(@"\b(?<name>[A-Za-z]{3,11})\)?[ -]?(?<year>20[0-9]{2})\b");
}
