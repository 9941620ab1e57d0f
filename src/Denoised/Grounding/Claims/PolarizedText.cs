using Denoised.Text;

namespace Denoised.Grounding.Claims;

/// <summary>A word that expresses a direction, such as "more" or "slower".</summary>
/// <param name="Axis">The axis. Words of one axis have the same or the opposite meaning.</param>
/// <param name="IsUp">The direction on the axis.</param>
/// <param name="At">The index of the token.</param>
internal readonly record struct Direction(int Axis, bool IsUp, int At);

/// <summary>A verb that ranks the words before it above the words after it.</summary>
/// <param name="At">The index of the token.</param>
/// <param name="End">The index of the token after the verb.</param>
/// <param name="IsReversed">Whether the verb ranks the words before it below.</param>
/// <param name="IsNeutral">Whether the verb does not state which side ranks higher: "compared to".</param>
internal readonly record struct Comparison(int At, int End, bool IsReversed, bool IsNeutral = false);

/// <summary>Analyses the negations, directions and comparisons of a text.</summary>
internal sealed class PolarizedText
{
    private const int ScopeWords = 3;
    private const int ScopeTokens = 8;
    private const int ScopeBeforeWords = 8;
    private const int DenialReach = 7;
    private const int AdjacentTokens = 4;
    private const int SideTokens = 12;

    private readonly TokenizedText text;
    private readonly string?[] stems;
    private readonly List<int> denials = [];

    /// <summary>Analyses a text.</summary>
    public PolarizedText(TokenizedText text)
    {
        this.text = text;
        stems = new string?[text.Tokens.Count];
        for (var index = 0; index < stems.Length; index++)
            stems[index] = text.Tokens[index].Class == TokenClass.Word
                ? ContentWords.Stem(text[index])
                : text.Tokens[index].Class == TokenClass.Number
                ? text[index].ToString()
                : null;
        var found = matcher.Find(text);
        var exempt = found.Where(match => match.List == Exempt).SelectMany(match => Enumerable.Range(match.Start, match.End - match.Start)).ToHashSet();
        foreach (var match in found.Where(match => !exempt.Contains(match.Start)))
        {
            if (match.List == Denying)
                Negations.Add(match.End - 1);
            if (match.List == Contrasting)
                Contrasts.Add(match.End - 1);
            if (match.List is Denying or Absence or Limit)
                denials.Add(match.End - 1);
            HasStrongDenial |= match.List is Denying or Absence;
            IsPending |= match.List == Pending;
            HasProspect |= match.List is Pending or Prospect;
            if (match.List == Neutral)
                Comparisons.Add(new(match.Start, match.End, false, IsNeutral: true));
            if (match.List is Above or Below)
                Comparisons.Add(new(match.Start, match.End, match.List == Below));
        }

        for (var index = 0; index < stems.Length; index++)
        {
            if (!IsNegativeWord(text[index]))
                continue;
            denials.Add(index);
            HasStrongDenial = true;
        }

        denials.Sort();
        foreach (var match in found.Where(match => match.List >= FirstAxis && !exempt.Contains(match.Start)))
        {
            // "Not better" is not a direction.
            if (!denials.Exists(denial => denial < match.Start && match.Start - denial <= 3))
                Directions.Add(new((match.List - FirstAxis) / 2, (match.List - FirstAxis) % 2 == 0, match.Start));
        }
    }

    /// <summary>The tokens that negate the following words: "not", "without".</summary>
    public List<int> Negations { get; } = [];

    /// <summary>The tokens that exclude the following words: "instead of".</summary>
    public List<int> Contrasts { get; } = [];

    /// <summary>The words that express a direction.</summary>
    public List<Direction> Directions { get; } = [];

    /// <summary>The verbs that compare.</summary>
    public List<Comparison> Comparisons { get; } = [];

    /// <summary>Whether the text describes future work: "as the next step".</summary>
    public bool IsPending { get; private set; }

    /// <summary>Whether the text contains a word of future time or obligation: "will", "remains", "is planned".</summary>
    public bool HasProspect { get; private set; }

    /// <summary>Whether the text contains a negation, or states that something is absent, avoided or limited.</summary>
    public bool HasDenial => denials.Count > 0;

    /// <summary>Whether the text contains an unambiguous negation: "not", "lacks", "avoids"; not "limited", "free".</summary>
    public bool HasStrongDenial { get; private set; }

    /// <summary>The word of a token.</summary>
    public string Word(int token) => text[token].ToString();

    /// <summary>The first content words after a negation, within its clause.</summary>
    public List<(string Stem, int At)> GetScope(int negation)
    {
        List<(string, int)> scope = [];
        for (var index = negation + 1; index < stems.Length && index <= negation + ScopeTokens && scope.Count < ScopeWords; index++)
        {
            if (text.Tokens[index].Class is TokenClass.SentenceEnd or TokenClass.End || text[index] is "," or ";" or ":" or "but")
                break;
            if (stems[index] is { } stem && text.Tokens[index].Class == TokenClass.Word && !text[index].EndsWith("ly", StringComparison.Ordinal))
                scope.Add((stem, index));
        }

        return scope;
    }

    /// <summary>The content words before a negation that has none after it: "X, which others overlook", "X is avoided".</summary>
    public List<(string Stem, int At)> ScopeBefore(int negation)
    {
        List<(string, int)> scope = [];
        for (var index = negation - 1; index > 0 && scope.Count < ScopeBeforeWords && text.Tokens[index].Class is not TokenClass.SentenceEnd; index--)
        {
            if (stems[index] is { } stem && text.Tokens[index].Class == TokenClass.Word)
                scope.Insert(0, (stem, index));
        }

        return scope;
    }

    /// <summary>The positions of a stem.</summary>
    public List<int> Positions(string stem) => [.. Enumerable.Range(0, stems.Length).Where(index => stems[index] == stem)];

    /// <summary>Whether a negation occurs within some words before a token or shortly after it.</summary>
    public bool IsDenied(int token) => denials.Concat(Contrasts).Any(denial => denial <= token + 3 && denial >= token - DenialReach);

    /// <summary>
    /// A word whose opposite with "un-", "in-" or "non-" occurs in the other text: "available" if that text contains "unavailable".
    /// </summary>
    public string? Opposite(PolarizedText other)
    {
        HashSet<string> words = new(Enumerable.Range(0, stems.Length).Select(Word), StringComparer.Ordinal);
        if (!words.Contains("free")
            && Enumerable.Range(3, Math.Max(0, other.stems.Length - 3))
            .FirstOrDefault(at => other.text[at] is "free" && other.text[at - 1] is "-" && words.Contains(other.Word(at - 2))) is > 0 and var free)
        {
            return $"{other.Word(free - 2)}-free";
        }

        return Enumerable.Range(0, other.stems.Length)
            .Select(other.Word)
            .Where(static word => word.Length >= 7
                && (word.StartsWith("un", StringComparison.Ordinal) || word.StartsWith("in", StringComparison.Ordinal)))
            .FirstOrDefault(word => words.Contains(word[2..]) && !words.Contains(word)
                && !other.Positions(ContentWords.Stem(word.AsSpan(2)) ?? "").Exists(at => other.text[at].SequenceEqual(word.AsSpan(2))));
    }

    /// <summary>A negation with its scope, as written.</summary>
    public string GetText(int negation, List<(string Stem, int At)> scope) =>
        string.Join(' ', Enumerable.Range(negation, (scope.Count > 0 ? scope[^1].At : negation) - negation + 1).Select(Word));

    /// <summary>Whether two words of direction have the same subject: the word after them, or two words or numbers next to them.</summary>
    public bool SharesAdjacentWords(Direction own, PolarizedText read, Direction other)
    {
        var words = BesideOf(own.At).ToHashSet(StringComparer.Ordinal);
        return read.BesideOf(other.At).Distinct(StringComparer.Ordinal).Count(words.Contains) > 1 || (Next(own.At) is { } next && next == read.Next(other.At));
    }

    /// <summary>The share of the content words that occur in another text.</summary>
    public double ShareIn(PolarizedText other)
    {
        var own = stems.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return own.Count(stem => other.stems.Contains(stem)) / Math.Max(1.0, own.Count);
    }

    /// <summary>The stems on one side of a comparison, within its clause.</summary>
    public HashSet<string> Side(Comparison comparison, bool isLeft)
    {
        HashSet<string> side = new(StringComparer.Ordinal);
        var step = isLeft ? -1 : 1;
        for (var index = isLeft
            ? comparison.At - 1
            : comparison.End; index > 0 && index < stems.Length && Math.Abs(index - comparison.At) <= SideTokens; index += step)
        {
            if (text.Tokens[index].Class is TokenClass.SentenceEnd || text[index] is ";" or "by" or "while" or "whereas" or "on" or "in" or "under")
                break;
            if (stems[index] is { } stem && text.Tokens[index].Class == TokenClass.Word)
                side.Add(stem);
        }

        return side;
    }

    private IEnumerable<string> BesideOf(int token)
    {
        for (var index = Math.Max(0, token - AdjacentTokens); index < Math.Min(stems.Length, token + AdjacentTokens + 1); index++)
        {
            if (index != token && stems[index] is { } stem)
                yield return stem;
        }
    }

    private string? Next(int token) => stems.Skip(token + 1).Take(2).FirstOrDefault(stem => stem is not null);

    /// <summary>Whether a word starts with a negating prefix: "unavailable", "uncurated"; not "unified" or "under".</summary>
    private static bool IsNegativeWord(ReadOnlySpan<char> word) =>
        (word.Length >= 7 && word.StartsWith("un") && !(word.StartsWith("under") || word.StartsWith("uni") || word.StartsWith("until")))
        || (word.Length >= 7 && word.EndsWith("less") && word is not "unless" and not "regardless");

    private const int Denying = 0;
    private const int Absence = 1;
    private const int Limit = 2;
    private const int Exempt = 3;
    private const int Above = 4;
    private const int Below = 5;
    private const int Neutral = 6;
    private const int Contrasting = 7;
    private const int Pending = 8;
    private const int Prospect = 9;
    private const int FirstAxis = 10;

    private const string Avoiding = "avoid*|bypass*|obviat*|circumvent*|overlook*|neglect*|ignor*|dispens*";

    private static readonly PhraseMatcher matcher = new(
        [
            "(not|no|never|without|cannot|neither|nor|none|hardly|barely|scarcely|nothing|nobody)", "\\w ' t", "(fail|fails|failed|failing) (~2) to",
            "(unable|lacks?|lacked|lacking|refuses?)"],
        [
            "(lack|absent|absence|avoid*|circumvent*|dispens*|bypass*|obviat*|eliminat*|remov*|unlike|contrary|instead|prevent*|exclud*|ignor*|overlook*|neglect*|omit*|miss|misses|missing)",
            "(left|leave|leaves|leaving) out", "(prefer*|favo*|choos*) (~4) over", "far short",
            "(complicat*|hinder*|hamper*|imped*)",
        ],
        [
            "(free|limit*|only|few|fewer|little|less)",
            "(fail*|difficult*|hard|harder|challeng*|struggl*|inability|impossib*|infeasib*|prohibit*|insufficien*|inadequa*|incomplete*|suffer*|poor*|rarely|seldom|away|zero|non|beyond|costly|restrict*)",
            "(independent*|agnostic|opaque|drop*|skip*|rid|negligibl*|minimal|against|invisible|invariant|robust|stable|merely|too|despite|although|yet|however|lose|loses|loss|weak*|inaccura*|ineffic*|inconsist*|suppress*)",
        ],
        [
            "(more|less|fewer|higher|lower|greater) than \\d", "up to", "down to", "(lower|upper) bound*", "at (the)? (most|least)", "not only",
            "no (less|more|fewer|later|worse|better) than", "not (necessarily)? just", "whether or not", "no matter"],
        ["(outperform|outperforms|outperforming|beats?|surpass|surpasses|exceeds?|better than|superior to|improv* over|stronger than|faster than|dominates?|more ~3 than|higher ~2 than|builds? upon|builds? on|extends?)"],
        ["(underperforms?|outperformed by|surpassed by|beaten by|worse than|inferior to|weaker than|slower than|less ~3 than|lower ~2 than|trails?|lags? behind)"],
        ["(compared|relative) (to|with)", "(replac*|substitut*)"],
        [
            "instead of",
            "rather than",
            "(fall|falls|fell|falling) (\\w)? short (of|compared to|in)?",
            $"({Avoiding})",
            $"({Avoiding}|eliminat*|remov*) ~1 (need|needs|necessity|requirement|requirements) (for|to|of)"],
        [
            "(next|future|further) (\\w)? (steps?|work|research|directions?|studies|investigation*)",
            "(remain*|yet|still) to be",
            "(remain*|is|are) (an)? open (question*|problem*|challenge*)"],
        ["(next|future|further|remain*|need*|requir*|plan*|should|must|will|would|could|may|might|can|yet|still|open|later|propos*|suggest*)"],
        ["(more|high|higher|increas*|larger|greater|rise|rises|rising|rose|grow|grows|growing|grew|up|raise|raises|raised|boost*|longer|bigger|double*|highest|most|amplif*|widen*)"],
        [
            "(less|low|lower|lowers|lowered|decreas*|reduc*|smaller|drop|drops|dropped|declin*|fall|falls|fell|fewer|cut|cuts|shrink*|shorter|shrank|down|lowest|least|degrade|degrades|degraded|degrading|minimi*|narrow*)",
            "clos* the gap"],
        ["(better|improv*|enhanc*|superior|best|gain|gains|outperform*|strengthen*|helps?|benefit*|surpass*)"],
        ["(worse|worst|worsen*|degrade|degrades|degraded|degrading|hurt|hurts|harm*|inferior|deteriorat*|underperform*|outperformed by|impair*)"],
        ["(faster|fastest|quick*|accelerat*|speed*)"],
        ["(slower|slowest|slow|slows|slowed)"],
        ["(simpl*|easy|easier|easily|cheap*|minimal)"],
        ["(complex|complicated|difficult*|hard|harder|extensive|expensive|costly)"],
        ["(tight*|narrow*)"],
        ["(loos*|widen*|wider)"],
        ["(maximi*)"],
        ["(minimi*)"],
        ["(overestimat*)"],
        ["(underestimat*)"],
        ["(positiv*|success*)"],
        ["(negativ*|failure)"],
        ["first"],
        ["last"]);
}
