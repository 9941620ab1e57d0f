using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Checks that a sentence is a statement in the third person, in English: no first or second person, imperative, exclamation, link, mail address or
/// markup. Uses a small grammar instead of a list of attacks. Text between quotation marks counts as quoted and is ignored.
/// </summary>
internal static class FormCheck
{
    private const int MinMentions = 2;

    private enum Fault
    {
        Person,
        Imperative,
        Address,
    }

    /// <summary>Finds the defects in a sentence's form. Words of the paper's title are allowed.</summary>
    public static IEnumerable<GroundingFinding> Find(string sentence, GroundedPaper paper) =>
        Find(
            sentence,
            PlainText.Of(sentence),
            paper.Source.Titles,
            paper.Source.Sentences.Select(sentence => sentence.Plain)).Select(static fault => new GroundingFinding(GroundingKind.Form, fault));

    /// <summary>
    /// Finds the defects of a sentence in another language than English: markup, links, invisible characters, exclamations, and English sentences. The
    /// grammar knows English only; directives are searched for because a model may copy them from the paper.
    /// </summary>
    public static IEnumerable<GroundingFinding> FindInTranslation(string sentence, GroundedPaper paper) =>
        FindInTranslation(sentence, paper.Source.Titles, paper.Source.Sentences.Select(sentence => sentence.Plain))
        .Select(static fault => new GroundingFinding(GroundingKind.Form, fault));

    /// <summary>Finds the first defect in the form of a text about several papers in another language than English, or null.</summary>
    public static string? FindInTranslation(string text) => Sentences.Of(text).SelectMany(sentence => FindInTranslation(sentence, [], [])).FirstOrDefault();

    /// <summary>Finds the first defect in the form of a text about several papers, or null.</summary>
    public static string? Find(string text) => Sentences.Of(text).SelectMany(sentence => Find(sentence, PlainText.Of(sentence), [], [])).FirstOrDefault();

    /// <summary>Whether a text has the form of a name: no link, markup or invisible character, no person, and it tells nobody what to say or do.</summary>
    public static bool IsName(string text) =>
        !FindMarkup(text, [], []).Any() && DirectiveDetector.Find(text) is null && phrases.Find(new TokenizedText(text)).Count == 0;

    /// <summary>The text before its first link: "The code is at".</summary>
    public static string BeforeLink(string passage) =>
        Address.Match(passage) is { Success: true, Index: var start } ? passage[..start].TrimEnd(' ', '(') : passage;

    private static IEnumerable<string> FindInTranslation(string sentence, IEnumerable<string> titles, IEnumerable<string> sourceSentences)
    {
        var plain = PlainText.Of(sentence);
        foreach (var fault in FindMarkup(sentence, titles, sourceSentences))
            yield return fault;
        if (LanguageDetector.IsCertainlyEnglish(plain))
            yield return "it is written in English";
        if (plain.AsSpan().TrimEnd() is [.., '!' or '！'])
            yield return "it is no statement";
        if (DirectiveDetector.Find(plain) is { } directive)
            yield return $"it tells somebody what to say or do: \"{directive}\"";
    }

    /// <summary>Finds the defects that do not depend on a language: markup, links, invisible characters.</summary>
    private static IEnumerable<string> FindMarkup(string sentence, IEnumerable<string> titles, IEnumerable<string> sourceSentences)
    {
        if (Markup.Match(sentence) is { Success: true } markup)
            yield return $"it has markup: \"{markup.Value}\"";
        // A product or company name can look like an address ("p5.js"). A paper about it repeats the name; for a capitalized name, one occurrence is
        // enough ("Booking.com").
        if (Link.Match(sentence) is { Success: true } link && !titles.Any(title => title.Contains(link.Value, StringComparison.OrdinalIgnoreCase))
            && !(link.ValueSpan.IndexOfAny(":/@") < 0
                && sourceSentences.Count(other => other.Contains(
                    link.Value, StringComparison.Ordinal)) >= (char.IsAsciiLetterUpper(link.Value[0]) ? 1 : MinMentions)))
        {
            yield return $"it has a link or an address: \"{link.Value}\"";
        }

        if (Characters.RemoveInvisible(sentence, hidden: null).Length != sentence.Length)
            yield return "it has characters that cannot be seen";
    }

    private static IEnumerable<string> Find(string sentence, string plain, IEnumerable<string> titles, IEnumerable<string> sourceSentences)
    {
        bool IsInTitle(string words) =>
            titles.Any(title => $" {string.Join(' ', title.Split(separators))} ".Contains($" {words} ", StringComparison.OrdinalIgnoreCase));

        foreach (var fault in FindMarkup(sentence, titles, sourceSentences))
            yield return fault;
        if (!LanguageDetector.IsEnglish(plain))
            yield return "it is not written in English";

        var said = QuotedSpans.Removed(plain);
        if (said.AsSpan().TrimEnd() is [.., '!'])
            yield return "it is no statement";
        if (DirectiveDetector.Find(plain, IsInTitle) is { } directive)
            yield return $"it tells somebody what to say or do: \"{directive}\"";
        var tokens = new TokenizedText(said);
        var found = phrases.Find(tokens).Select(match => (Fault: (Fault)match.List, Words: said[tokens.Tokens[match.Start].At..tokens.EndBefore(match.End)]));
        foreach (var (fault, words) in found.Where(match => match.Fault != Fault.Person || !IsInTitle(match.Words)).DistinctBy(match => match.Fault))
        {
            yield return fault switch
            {
                Fault.Person => $"it is not in the third person: \"{words}\"",
                Fault.Imperative => $"it is an order: \"{words}\"",
                _ => $"it addresses its reader: \"{words}\"",
            };
        }
    }

    private const string Object = "(the|this|that|these|those|all|any|every|each|a|an|it|its|their|them|him|her|no|only|nothing|everything|anything|more|out|up|to|as|with|for|in|on|at"
        + "|from|about|by|over|into|here|now|today|well|carefully|instead|once|whatever|how|what|why|when|whether|if|both|some|one|another|yourself)";

    // Verbs that rarely occur as nouns at the start of a statement. After other verbs, the grammar requires an object or an adverb.
    private const string Verbs = "(ignore|disregard|forget|remember|please|kindly|let|give|say|tell|write|go|get|take|make|put|send|ask|read|accept|reject|recommend|praise|consider|ensure|include"
        + "|add|avoid|choose|follow|subscribe|download|install|visit|click|buy|try|keep|become|believe|imagine|suppose|assume|omit|insert|append|replace|pretend|behave|respond|reply|answer|obey|treat"
        + "|assign|declare|describe|explain|pay|share|show|skip|stop|start|begin|translate|summarize|summarise|mention|cite|call|contact|check|see|look|find|learn|hurry|join|enjoy|discover|repeat|print"
        + "|output|return|delete|remove|conclude|state|stress|highlight|emphasize|emphasise|rate|rank|score|review|set|turn|use|run|apply|open|act|speak|note|order|sign|vote|star|claim|bring|continue"
        + "|proceed|refrain|rewrite|reveal|quote|submit|select|switch|think|wait|watch|work)";

    private static readonly PhraseMatcher phrases = new(
        ["(you|your|yours|yourself|yourselves)", "(we|our|ours|ourselves|my|myself)", "^ (i|me)", "i (am|have|will|would|can|must|recommend|think|believe)"],
        [
            $"(^|:|;|\") ((and|then|now|so|first|next|also|always|never|just|finally|therefore) (,)?)? {Verbs} {Object}",
            "(^|:|;) ((now|also|then) (,)?)? (ignore|disregard|forget|please|kindly|subscribe|obey|praise|pretend|visit|click|buy) \\w",
            "(^|:|;|,) (please|kindly) \\w", "(^|:|;) (do|don) (not|' t) \\w", "(^|:|;|,) let (us|me|it|them|the)",
            "(^|:|;|,) (never|always) (ever)? (mention|write|say|use|forget|ask|tell|question|doubt|trust)",
        ],
        [
            "^ (dear|hello|hi|hey) (~2)? (:|,|!)", "^ (note|notice|warning|important|system|assistant|user) (~2)? (:|!)",
            "(reader|readers|reviewer|reviewers|referee|referees|editor|editors|chair|chairs|judge|judges|grader|graders|committee|committees|visitor|visitors|everyone|everybody|anyone|anybody|nobody)"
                + " (~3)? (should|must|shall|ought|needs?|has to|have to|is|are) (~1)? (urged|advised|invited|requested|encouraged|reminded|welcome|recommended|called"
                + "|accept|award|recommend|read|give|rate|cite|subscribe|visit|buy|note|support|vote|approve|reject|consider|assign|grant)",
            "(it is|is) (strongly|highly|kindly)? (recommended|advised|requested|urged) (to|that) (~3)? (readers?|reviewers?|referees?|editors?|chairs?|committees?)",
        ]);

    private static readonly LinearRegex Markup = new(@"</?(a|b|i|p|u|br|div|em|span|strong|script|img|iframe|style|h[1-6]|ul|ol|li|table|svg|form|input|button|link|meta|object|embed|video|audio|code|pre)\b[^<>]{0,200}>|<!|!?\[[^\[\]]{0,200}\]\(|```|\*\*|__\w|`[^`]+`|^\s*(#{1,6}|[-*•]|\d+[.)]) |\{\{|&(lt|gt|amp|#\d+);");

    private const string AnyScheme = @"\b\w[\w+.-]*:/{1,2}\S+|\b(javascript|data|mailto|hxxps?|tel):\S+|\bwww\.\S+|[\w.+-]+ ?(@|\(at\)|\[at\]) ?[\w-]+(\.[\w-]+)*\.\p{L}{2,}";

    // The end of a quotation: no name contains this pattern.
    private static readonly LinearRegex Address = new(AnyScheme);

    // Accepts every top-level domain: letters on both sides of a dot, without a space after it. "e.g." and "i.e." have only one letter before the
    // dot.
    private static readonly LinearRegex Link = new(
        AnyScheme + @"|\b[\p{L}\p{N}][\p{L}\p{N}-]+(\.[\p{L}\p{N}-]{2,})*\.\p{Ll}{2,}(/\S*)?\b|\w+ ?(\[\.\]|\(\.\)|\(dot\)|\[dot\]) ?\w+");

    private static readonly char[] separators = [' ', ':', ',', ';', '.', '?', '!', '(', ')', '-', '"', '\n'];
}
