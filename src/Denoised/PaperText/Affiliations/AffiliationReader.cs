using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.PaperText.Affiliations;

/// <summary>
/// Finds the institutions in an author block. Prefers a blank to an error: a part of a line counts only if it contains an institution word, if markup or a
/// raised number before it says so, or if it agrees with the domain of an author's mail address.
/// </summary>
internal static class AffiliationReader
{
    /// <summary>The maximum number of institutions of a paper.</summary>
    public const int MaxInstitutions = 12;

    // A name without an institution word: "Meta AI", "Charm Therapeutics".
    private const int MaxUnknownWords = 4;
    private const int MinUnknownLength = 3;

    private const int MinDomainLength = 3;

    /// <summary>Returns the names of the institutions, in order, without duplicates.</summary>
    public static IReadOnlyList<string> Read(AuthorBlock block)
    {
        var domains = block.Lines.SelectMany(line => line.Pieces)
            .SelectMany(piece => MailDomain.Matches(piece.Text))
            .SelectMany(match => match.Groups["domain"].Value.ToLowerInvariant().Split('.'))
            .Where(label => label.Length >= MinDomainLength)
            .ToHashSet(StringComparer.Ordinal);

        List<string> found = [];
        foreach (var line in block.Lines)
            found.AddRange(NamesIn(line, domains));

        var distinct = found.DistinctBy(KeyOf).ToList();
        return [.. distinct.Where(name => !distinct.Exists(other => other.Length > name.Length && $" {KeyOf(other)} ".Contains($" {KeyOf(name)} ", StringComparison.Ordinal))).Take(MaxInstitutions)];
    }

    private static List<string> NamesIn(AuthorLine line, HashSet<string> domains)
    {
        if (line.IsNote && !line.Pieces.Any(piece => AuthorNote.IsMatch(piece.Text)))
            return [];
        List<(AuthorPiece Piece, List<string> Names)> found = [];
        foreach (var piece in line.Pieces)
        {
            found.Add((piece, NamesIn(PartsOf(piece.Text), isStated: false, domains)));
            // The notes after an address are about something else.
            if (line.IsNote && AddressNote.IsMatch(piece.Text))
                break;
        }

        // In a line of names, the marks follow the names, and commas follow the marks. Signs mark notes, too: they count beside an institution.
        var isMarked = line.Pieces[0].Mark is not null && !line.Pieces.Any(piece => piece.Text.AsSpan().TrimStart() is [',', ..]);
        var isBesideInstitution = found.Exists(piece => piece.Names.Count > 0);
        return
        [
            .. found.SelectMany(piece => piece.Names.Count > 0 ? piece.Names
                : NamesIn(
                    PartsOf(piece.Piece.Text),
                    line.IsLabelled || isMarked && piece.Piece.Mark is { } mark && (isBesideInstitution || NumberMark.IsMatch(mark)),
                    domains)),
        ];
    }

    private static List<string> NamesIn(List<string> parts, bool isStated, HashSet<string> domains)
    {
        var ranked = parts.ConvertAll(part => (Name: part, Rank: InstitutionName.RankOf(part)));
        for (var rank = InstitutionRank.University; rank >= InstitutionRank.Laboratory; rank--)
        {
            var names = ranked.Where(part => part.Rank == rank && part.Name.Contains(' ', StringComparison.Ordinal) && InstitutionName.IsName(part.Name)).Select(part => part.Name).ToList();
            if (rank == InstitutionRank.University)
                names.RemoveAll(InstitutionName.ContainsUnit);
            // A university's name has its words; of an institute and a laboratory in one line, the first is the larger part of the name.
            if (names.Count > 0)
                return rank == InstitutionRank.University ? names : [names[0]];
        }

        // Part of a sentence.
        if (parts.Exists(part => char.IsLower(part[0]) && !part.AsSpan().ContainsAnyInRange('A', 'Z')))
            return [];

        // The first part that is not a department; cities and countries follow it.
        var unknown = ranked.Where(part => part.Rank == InstitutionRank.Unknown).Select(part => part.Name).FirstOrDefault();
        var isInstitution = unknown is { Length: >= MinUnknownLength } && InstitutionName.IsName(unknown) && unknown.Split(' ').Length <= MaxUnknownWords
            && (isStated || AgreesWithDomain(unknown, domains));
        return isInstitution ? [unknown!] : [];
    }

    /// <summary>The parts of an affiliation between commas, without brackets and the signs around a name.</summary>
    private static List<string> PartsOf(string text)
    {
        text = Characters.CollapseWhiteSpace(Characters.Normalize(Characters.RemoveInvisible(text, hidden: null)));
        if (NoteStart.Match(text) is { Success: true } note)
            text = text[..note.Index];
        text = SentenceEnd.Replace(Brackets.Replace(text, " "), static end => $"{end.Groups["word"].Value};");
        List<string> parts = [];
        foreach (var raw in Separator.Split(text))
        {
            var part = InstitutionName.WithoutUnit(WithoutNumber(Lead.Replace(Characters.CollapseWhiteSpace(raw), "")).Trim(trimmed));
            if (!CompanyEnd.IsMatch(part))
                part = part.TrimEnd('.');
            if (part.Length == 0)
                continue;
            if (parts.Count > 0 && (CompanyForm.IsMatch(part) || InstitutionName.IsSystem(parts[^1]) && Campus.IsMatch(part)))
                parts[^1] = $"{parts[^1]}, {part}";
            else
                parts.AddRange(Halves(part));
        }

        return parts;
    }

    // A mark that is not raised, as in "1Google"; "2077AI" is a name.
    private static string WithoutNumber(string part)
    {
        var digits = part.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 ? part[digits..].TrimStart() : part;
    }

    /// <summary>"X University and Y University" are two names; "Institute of Science and Technology" is one.</summary>
    private static string[] Halves(string part)
    {
        if (And.Match(part) is not { Success: true } and)
            return [part];
        var (left, right) = (and.Groups["left"].Value, and.Groups["right"].Value);
        return InstitutionName.RankOf(left) >= InstitutionRank.Institute && InstitutionName.RankOf(right) >= InstitutionRank.Institute ? [left, right] : [part];
    }

    /// <summary>Whether a name is that of a mail domain: "Google Brain" of google.com, "Hugging Face" of huggingface.co, "UC Berkeley" of berkeley.edu.</summary>
    private static bool AgreesWithDomain(string name, HashSet<string> domains)
    {
        var words = KeyOf(name).Split(' ');
        return domains.Contains(words[0]) || domains.Contains(string.Concat(words))
            || words.Length == 2 && domains.Contains(words[1]) && !name.AsSpan(0, words[0].Length).ContainsAnyExceptInRange('A', 'Z');
    }

    /// <summary>Two spellings of one name have the same key: lower case, letters and digits, single spaces.</summary>
    private static string KeyOf(string name)
    {
        var letters = string.Create(name.Length, name, static (span, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                span[index] = char.IsLetterOrDigit(source[index]) ? char.ToLowerInvariant(source[index]) : ' ';
        });
        var key = Characters.CollapseWhiteSpace(letters);
        return key.StartsWith("the ", StringComparison.Ordinal) ? key[4..] : key;
    }

    private static readonly char[] trimmed = [' ', ',', ';', ':', '*', '∗', '†', '‡', '§', '¶', '#', '\'', '"', '(', ')', '-', '–', '—', '•', '·', '&', '°', '^'];

    private static readonly LinearRegex MailDomain = new(@"@ ?(?<domain>[A-Za-z0-9.-]{3,100})");
    private static readonly LinearRegex NumberMark = new(@"^[\d,\s]+$|^[a-z]$|^\$?\{?\}?\^?\{?[\d,]+\}?\$?$");
    private static readonly LinearRegex AuthorNote = new(@"correspond|equal|authors? |e-?mail", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AddressNote = new(@"correspond|e-?mail|@", RegexOptions.IgnoreCase);
    private static readonly LinearRegex NoteStart = new(
        @"\b(correspondence|corresponding author|e-?mails?|equal contribution|(work|research) (done|performed|conducted)|(now|currently|previously|formerly) (at|with)|present address|on leave|internship|during)\b",
        RegexOptions.IgnoreCase);
    private static readonly LinearRegex Brackets = new(@"\([^()]{0,200}\)|\{[^{}]{0,400}\}|<[^<>]{0,200}>|\S*@\S*");

    // A full stop ends a sentence only after a long word: "Univ.", "St." and "G." are abbreviations.
    private static readonly LinearRegex SentenceEnd = new(@"(?<word>\p{Ll}{4}|\p{Lu}{2})\. ");
    private static readonly LinearRegex Separator = new(@"[,;|\n•·]| / | [-–—] |\\\\");
    private static readonly LinearRegex Lead = new(@"^([*†‡§¶∗°♯♮^\s]+|(and|at|from|with|the|is with|are with)\s)+", RegexOptions.IgnoreCase);
    private static readonly LinearRegex And = new(@"^(?<left>.+?) (and|&|et|und|y) (the )?(?<right>.+)$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex CompanyForm = new(@"^(Inc|Ltd|LLC|L\.L\.C|Corp|GmbH|Co|Limited|PLC|S\.A)\b\.?( Ltd\.?)?$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex CompanyEnd = new(@"\b(Inc|Ltd|Corp|Co)\.$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Campus = new(@"^\p{Lu}\p{Ll}+([ -–]\p{Lu}\p{Ll}+){0,2}$");
}
