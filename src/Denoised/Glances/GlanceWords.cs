using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>The words by which papers are compared with one another and with what is said of them.</summary>
internal static class GlanceWords
{
    private const int FamilyLetters = 6;

    // They hold a sentence together and say nothing of what it is about.
    private static readonly HashSet<string> grammar = new(
        ("a about above across after against all allow allowing allows also although among an and any are as at be because been before being between beyond both but by can could do does due during each either "
            + "enable enables enabling even every for from further given gives had has have here how however if in into is it its itself just less like many may more most much must neither no nor not of on one only onto or other our "
            + "out over own per same should show showing shows since so some still such than that the their them then there these they this those three through thus to too toward towards two under up upon us via was we were what when "
            + "where whether which while who whose why will with within without would yet you your first second new novel several various often well near et al ie eg").Split(' '),
        StringComparer.Ordinal);

    // Every second paper has them: alone they tell no papers apart.
    private static readonly HashSet<string> common = new(
        ("accuracy accurate achieve achieves adaptive advanced agent agents algorithm algorithms analysis application applications approach approaches "
            + "architecture art artificial available aware based baseline baselines benchmark benchmarks best better bottleneck bottlenecks case challenge challenges "
            + "code compared complex computation computational consistently continuous control convergence cost costs critical current data dataset datasets deep "
            + "demonstrate demonstrates deployment design develop difference dimensional domain domains dynamic dynamics effective effectively effectiveness "
            + "efficiency efficient empirical end enhance enhanced enhances enhancing error estimation evaluate evaluated evaluation evolving existing experiment "
            + "experimental experiments extensive feature features few fidelity final findings fine first focus framework function fundamental gap gaps general "
            + "generalization global good grounded hierarchical high higher highlight highlights however identify important improve improved improvement improvements "
            + "improves improving including information inherent input inputs insights intelligence introduce introduces joint key large latent layer layers learn "
            + "learned learning level levels leverage leverages limited llm llms local loss low lower machine make making mechanism method methods metrics modal "
            + "modalities modality model modeling models modern multi multiple network networks neural noise non number open optimal order outperform outperforms "
            + "output outputs paper papers parameter parameters performance performs point points post potential practical pre prediction predictions predictive "
            + "present presents primary prior problem problems process processes propose proposed proposes provide provides quality real recent reduce reduced "
            + "reduces reducing relies rely remains representation representations require requires research resolution respect result results robust robustness "
            + "sample samples scalability scalable scale scenario scenarios score selection set sets setting settings shown significant significantly simple single "
            + "size small source space specific stability stable standard state strategies strategy strong structure structured studies study substantial superior "
            + "supervised support system systems target task tasks technique techniques term test theoretical time tool tools train trained training type types "
            + "unified use used user users uses using validate value values way ways work world").Split(' '),
        StringComparer.Ordinal);

    // The second half of hyphenated words that say how something is, not what it is.
    private static readonly HashSet<string> qualities = new(
        "agnostic aided augmented aware based centric constrained dependent driven efficient enhanced free grained guided horizon independent informed invariant level like making only oriented preserving scale specific wise".Split(' '),
        StringComparer.Ordinal);

    /// <summary>Whether a word, as the second of a pair, only says how something is: <c>structure-aware</c>.</summary>
    public static bool IsQuality(string word) => qualities.Contains(word);

    /// <summary>Whether a word only holds a sentence together.</summary>
    public static bool IsGrammar(string word) => grammar.Contains(word);

    /// <summary>Whether a word, alone, tells papers apart.</summary>
    public static bool IsTelling(string word) => word.Length >= 3 && word.Any(char.IsLetter) && !grammar.Contains(word) && !common.Contains(word) && !common.Contains(Singular(word));

    /// <summary>The telling words of texts, each by its family: inflected forms count as one.</summary>
    public static HashSet<string> Families(params IEnumerable<string?> texts) =>
        texts.Where(text => text is not null).SelectMany(text => ExtractiveWords.Of(text)).Where(IsTelling).Select(Family).ToHashSet(StringComparer.Ordinal);

    /// <summary>A word without the plural's ending.</summary>
    public static string Singular(string word) =>
        word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1]
        : word;

    // A word's first letters stand for its family: reason, reasons, reasoning.
    private static string Family(string word)
    {
        var singular = Singular(word);
        return singular.Length > FamilyLetters ? singular[..FamilyLetters] : singular;
    }
}
