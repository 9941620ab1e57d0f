using System.Buffers;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.PaperText.Affiliations;

/// <summary>How clearly a part of an affiliation names an institution.</summary>
internal enum InstitutionRank
{
    /// <summary>It has no institution word: a company, a city, a person.</summary>
    Unknown,

    /// <summary>A part of an institution: a department, a faculty.</summary>
    Unit,

    /// <summary>A laboratory or centre, which may be part of an institution.</summary>
    Laboratory,

    /// <summary>An institute, college or hospital.</summary>
    Institute,

    /// <summary>A university, academy or company.</summary>
    University,
}

/// <summary>Whether a text has the form of an institution's name. Knows no names: only the words that such names contain in the languages of arXiv's authors.</summary>
internal static class InstitutionName
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxLength = 100;

    private const int MinLength = 2;
    private const int MaxWords = 10;

    /// <summary>The rank of a part of an affiliation.</summary>
    public static InstitutionRank RankOf(string name) =>
        University.IsMatch(name) ? InstitutionRank.University
        : Unit.IsMatch(name) ? InstitutionRank.Unit
        : Institute.IsMatch(name) ? InstitutionRank.Institute
        : Laboratory.IsMatch(name) ? InstitutionRank.Laboratory
        : InstitutionRank.Unknown;

    /// <summary>
    /// Whether a text could be a name: a few words that begin with a capital letter, connected by words such as "of", without the signs of
    /// addresses, links and sentences, and without the words of author notes.
    /// </summary>
    public static bool IsName(string text)
    {
        if (text.Length is < MinLength or > MaxLength || text.AsSpan().IndexOfAny(ForeignSigns) >= 0 || Note.IsMatch(text))
            return false;
        var words = text.Split(' ');
        return words.Length <= MaxWords && HasCapital(words[0]) && Array.TrueForAll(words, IsNameWord) && !connectors.Contains(words[^1]);
    }

    /// <summary>The text without a unit before or after the university that it belongs to ("X University School of Y").</summary>
    public static string WithoutUnit(string name)
    {
        if (TrailingUnit.Match(name) is { Success: true } trailing && University.IsMatch(name.AsSpan(0, trailing.Index)))
            name = name[..trailing.Index];
        if (LeadingUnit.Match(name) is { Success: true } leading)
            name = leading.Groups["name"].Value;
        return name;
    }

    /// <summary>Whether a unit remains within the name, so that the start of the institution's name cannot be told.</summary>
    public static bool ContainsUnit(string name) => Unit.IsMatch(name);

    /// <summary>Whether a name denotes a system of universities; the campus follows it after a comma.</summary>
    public static bool IsSystem(string name) => System.IsMatch(name);

    private static bool IsNameWord(string word) =>
        connectors.Contains(word) || HasCapital(word) || word.Length <= 2 && word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool HasCapital(string word)
    {
        var letters = word.AsSpan();
        foreach (var letter in letters)
        {
            // Scripts without case, such as Chinese, have no capitals.
            if (char.IsUpper(letter) || char.IsLetter(letter) && !char.IsLower(letter))
                return true;
        }

        return false;
    }

    private static readonly SearchValues<char> ForeignSigns = SearchValues.Create("@:<>{}[]=+*\"“”!?\\^_~|;#%$()/…•∗†‡§¶");

    private static readonly HashSet<string> connectors = new(StringComparer.Ordinal)
    {
        "of", "for", "and", "the", "at", "in", "on", "&", "-", "–", "de", "del", "della", "des", "degli", "delle", "di", "da", "do", "dos", "du", "la", "le", "les", "et", "y", "e", "i", "w",
        "bin", "al", "von", "van", "der", "den", "zu", "für", "und", "och", "za", "na", "im",
    };

    // Stems where languages differ only in the ending (University, Université, Universidad, Universität, Università).
    private static readonly LinearRegex University = new(
        @"\b(universi\w*|univ|uniwers\w*|univerz\w*|yliopisto|politecni\w*|polyt[eé]chni\w*|politechni\w*|polit[eé]cnic\w*|hochschule|[eé]cole|eth|institutes? of (technology|science)\b"
            + @"|academy of \w*|academies of \w*|acad[eé]mie \w*|inc|ltd|llc|gmbh|corp|corporation|limited|co ltd|s\.a\.|plc|大学|大學)\b",
        RegexOptions.IgnoreCase);

    private static readonly LinearRegex Unit = new(
        @"\b(departments?|dept|departamento|d[eé]partement|dipartimento|faculty|facult[eé]|facultad|fakultät|schools? (of|for)|colleges? of|division|chair|section|programme?|graduate school|group|unit|umr)\b",
        RegexOptions.IgnoreCase);

    private static readonly LinearRegex Institute = new(
        @"\b(institut\w*|istitut\w*|instytut|college|academ\w*|school|research|hospital|foundation|technologies|tech|labs|observatory|agency|council|clinic)\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Laboratory = new(@"\b(laborator\w*|lab|\w+ ai|cent(er|re)s?|centro|zentrum)\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex TrailingUnit = new(@" (-|–)? ?(departments?|dept\.?|schools?|faculty|colleges?|institutes?) (of|for) ", RegexOptions.IgnoreCase);

    private static readonly LinearRegex LeadingUnit = new(
        @"^(departments?|dept\.?|schools?|faculty|colleges?|division|institute) .* (?<name>(the )?(universi\w*|univ\.) (of|de|di|do|degli) .+)$", RegexOptions.IgnoreCase);

    private static readonly LinearRegex System = new(
        @"^(the )?university of (california|illinois|texas|wisconsin|massachusetts|maryland|north carolina|colorado|michigan|minnesota|nebraska|missouri|tennessee|alabama|hawaii|alaska)$",
        RegexOptions.IgnoreCase);

    private static readonly LinearRegex Note = new(
        @"\b(independent|researchers?|equal\w*|contribut\w*|correspond\w*|authors?|authorship|work\w*|intern\w*|students?|professor|advis\w*|members?|e-?mails?|fellow|preprint|orcid|https?|www|"
            + @"conference|proceedings|workshop|journal|transactions|copyright|license|published|accepted|submitted|report|version|figure|table|abstract|grant|funded|supported|road|street|avenue|ieee member)\b",
        RegexOptions.IgnoreCase);
}
