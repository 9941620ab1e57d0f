using System.Text.RegularExpressions;

namespace Denoised.Papers;

/// <summary>Where a paper appears, read from the comment that its authors gave arXiv ("Accepted at ICML 2026, 12 pages").</summary>
internal static class Venue
{
    // Of these authors often write the name alone.
    private static readonly HashSet<string> wellKnown = new(
        ["AAAI", "AAMAS", "ACL", "AISTATS", "BMVC", "CIKM", "COLING", "COLT", "CVPR", "CoRL", "EACL", "ECCV", "ECML", "EMNLP", "ICASSP", "ICCV", "ICLR", "ICML", "ICRA", "IJCAI", "IJCNN", "INTERSPEECH", "IROS", "Interspeech", "KDD", "LREC", "MICCAI", "MLSys", "NAACL", "NIPS", "NeurIPS", "RSS", "SIGIR", "UAI", "WACV", "WSDM", "WWW"],
        StringComparer.Ordinal);

    /// <summary>Finds the venue.</summary>
    /// <returns>A conference with its year ("ICML 2026", "ICLR 2026 workshop"), a journal's name, or null where the comment says nothing of acceptance.</returns>
    public static string? In(string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
            return null;

        // "A previous version was submitted to …" names where it does not appear.
        foreach (var sentence in SentenceEnd.Replace(comment, ";${first}").Split([';', '\n']).Where(sentence => !Undecided.IsMatch(sentence)))
        {
            var isAccepted = Accepted.IsMatch(sentence);
            foreach (var match in Conference.Matches(sentence).Where(match => match.Groups["name"].Value is var name && name.Count(char.IsAsciiLetterUpper) > 1 && (isAccepted || wellKnown.Contains(name))))
            {
                var workshop = sentence.Contains("workshop", StringComparison.OrdinalIgnoreCase) ? " workshop" : "";
                return $"{match.Groups["name"].Value} {match.Groups["year"].Value}{workshop}";
            }

            if (Journal.Match(sentence) is { Success: true } journal)
                return journal.Groups["name"].Value.TrimEnd(' ', ',', ':', '-');
        }

        return null;
    }

    private static readonly LinearRegex SentenceEnd = new(@"\.\s+(?<first>[A-Z])");
    private static readonly LinearRegex Undecided = new(@"\b(submitted|submission|under review|in review|rejected|not accepted|withdrawn|intended for|preparing)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Accepted = new(@"\b(accepted|appear(s|ed|ing)?|published|presented|camera[- ]ready|proceedings|oral|spotlight|poster)\b", RegexOptions.IgnoreCase);

    // An acronym (two capitals at least) before its year: "ICML 2026", "NeurIPS'25" is left alone, "CVPR2026", "(CVPR) 2026".
    private static readonly LinearRegex Conference = new(@"\b(?<name>[A-Za-z]{3,11})\)?[ -]?(?<year>20[0-9]{2})\b");
    private static readonly LinearRegex Journal = new(@"\b([Aa]ccepted|[Pp]ublished|[Tt]o appear|[Aa]ppears?)\b[^.;,(]{0,40}?\b(in|by|at|for|to)\s+(the\s+)?(?<name>((IEEE|ACM|IEEE/ACM|SIAM|Springer|Elsevier)\s+)?(Transactions|Journal|Letters|Annals|Nature|Advances|Proceedings|Machine Learning|Neurocomputing|Neural|Pattern|Physical|Physics|Computer|Computers|Information|Expert|Knowledge|Artificial)\b[^.;,()\d]{0,60})");
}
