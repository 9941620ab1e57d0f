using System.Buffers;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>
/// Checks that each number in a sentence occurs in its evidence or follows from it (<see cref="NumberCheck"/>), including spelled-out counts, "twice"
/// and "a third", and that it measures the same. Words that are missing in <see cref="Units"/> ("standard deviations") also count as units.
/// </summary>
internal static class NumberSupport
{
    // "Layers" and "blocks" can be synonyms; "hours" and "videos" are not.
    private const double MinUnitSimilarity = 0.25;

    private const int UnitReach = 40;
    private const int UnitWords = 3;

    /// <summary>Finds the numbers that the evidence does not support.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        foreach (var number in QuantityReader.OfClaim(claim.Plain))
        {
            // "One bit" can be a paraphrase of "a single bit".
            if (number is { Form: QuantityForm.Words, Mantissa: <= 1 })
                continue;
            var places = PlacesOf(number, evidence);
            if (!NumberCheck.IsSupportedIn(number, claim.Numbered, places))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.GetText(number)}\" does not stand in its evidence, nor does it follow from it");
            else if (IsOtherUnit(number, claim, places) || CountsSomethingElse(number, claim, places))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.GetText(number)}\" is of another unit in its evidence");
        }

        foreach (var unit in OtherUnits(claim, evidence))
            yield return new(GroundingKind.Number, $"\"{unit}\" does not stand in its evidence");
        foreach (var repeated in Repeated(claim, evidence))
            yield return new(GroundingKind.Number, $"\"{repeated}\" stands in its evidence only once");

        foreach (var saying in QuantityReader.ReadSayings(claim.Plain))
        {
            if (!saying.Any(reading => NumberCheck.IsSupportedIn(reading, claim.Numbered, evidence.IsRow ? evidence.NumbersWithContext : evidence.Numbers)))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.GetText(saying[0])}\" does not follow from its evidence");
        }
    }

    // The header of a table explains the numbers of a row, and a list of counted objects can be in the context.
    private static NumberPlaces PlacesOf(Quantity number, EvidencePassage evidence) =>
        evidence.IsRow || NumberCheck.IsCount(number) ? evidence.NumbersWithContext : evidence.Numbers;

    private static bool IsOtherUnit(Quantity number, Claim claim, NumberPlaces places)
    {
        if (number.Dimension is not (Dimension.None or Dimension.Percent or Dimension.Points or Dimension.Ratio))
            return false;
        var own = FindUnitAfter(claim.Plain, number.End);
        if (number.Dimension == Dimension.None && own.Length == 0)
            return false;
        var isThere = false;
        foreach (var (sentence, quantity) in places.All)
        {
            if (!NumberCheck.Agrees(number, quantity))
                continue;
            if (!sentence.IsRow && Differs(number, own, quantity, sentence))
                isThere = true;
            else
                return false;
        }

        return isThere;
    }

    /// <summary>
    /// Whether the object that a number counts follows another number of the evidence and none that agrees: "4,500 features" for "56 features and
    /// 4,500 samples".
    /// </summary>
    private static bool CountsSomethingElse(Quantity number, Claim claim, NumberPlaces places)
    {
        var own = StemsBehind(claim.Plain, number.End, out _, out _);
        if (own.Count == 0)
            return false;
        var isElsewhere = false;
        foreach (var (sentence, quantity) in places.All)
        {
            if (quantity.Form is QuantityForm.Name or QuantityForm.Reading)
                continue;
            var isBeside = own.Overlaps(Counted(sentence, quantity));
            if (!NumberCheck.Agrees(number, quantity))
                isElsewhere |= isBeside && quantity.Dimension == number.Dimension;
            else if (sentence.IsRow || isBeside || own.Overlaps(StemsBefore(sentence.Plain, quantity.Start)))
                return false;
        }

        return isElsewhere && places.All.Any(place => NumberCheck.Agrees(number, place.Quantity));
    }

    /// <summary>
    /// The stems of the objects that a number of the paper counts: in "2,000 simulated and 1,000 real voyages", both numbers count voyages.
    /// </summary>
    private static HashSet<string> Counted(SourceSentence sentence, Quantity quantity)
    {
        var stems = StemsBehind(sentence.Plain, quantity.End, out var end, out var isPlural);
        if (!isPlural
            && sentence.Quantities.FirstOrDefault(other => other.Start > end
                && sentence.Plain.AsSpan(end, other.Start - end).Trim() is "and" or "or" or ",") is { End: > 0 } next)
        {
            stems.UnionWith(StemsBehind(sentence.Plain, next.End, out _, out _));
        }

        return stems;
    }

    /// <summary>
    /// The stems of up to three content words after a number, skipping "of" and "the"; the end of the last word, and whether it is a plural.
    /// </summary>
    private static HashSet<string> StemsBehind(string plain, int start, out int end, out bool isPlural)
    {
        HashSet<string> stems = new(StringComparer.Ordinal);
        start = Math.Min(start, plain.Length);
        (end, isPlural) = (start, false);
        var behind = plain.AsSpan(start);
        var length = 0;
        while (length < behind.Length && (char.IsLetter(behind[length]) || behind[length] is ' ' or '-'))
            length++;
        foreach (var range in behind[..length].SplitAny(' ', '-'))
        {
            var word = behind[range];
            if (word.IsEmpty || (word is "of" or "the" && stems.Count == 0))
                continue;
            if (stems.Count == UnitWords || ContentWords.Stem(word) is not { } stem)
                break;
            stems.Add(stem);
            (end, isPlural) = (start + range.End.Value, IsPlural(word));
        }

        return stems;
    }

    /// <summary>The stems of the content words in the same phrase before a position.</summary>
    private static IEnumerable<string> StemsBefore(string plain, int start)
    {
        // Words between two numbers belong to the first.
        var from = plain.AsSpan(0, start).LastIndexOfAny(phraseEnds) + 1;
        return from > 0 && char.IsAsciiDigit(plain[from - 1]) ? [] : ContentWords.Of(plain.AsSpan(from, start - from)).TakeLast(UnitWords);
    }

    /// <summary>
    /// Finds units without a number if the evidence contains no unit of the same dimension, or only in another size: "single-digit second", "hundreds
    /// of terabytes".
    /// </summary>
    private static IEnumerable<string> OtherUnits(Claim claim, EvidencePassage evidence)
    {
        foreach (Match match in WordOf.Matches(claim.Plain))
        {
            // "Second" and "min" are units only if they cannot be an ordinal or a minimum.
            if (match.Length < 3 || Units.Find(match.ValueSpan) is not { Dimension: >= Dimension.Time } unit
                || claim.Numbered.Numbers.Any(number => match.Index >= number.Start && match.Index < number.End))
            {
                continue;
            }

            var isCounted = Measuring.Match(claim.Plain[..match.Index]);
            if (match.ValueSpan is "second" or "min" && !isCounted.Success)
                continue;
            var others = evidence.Sentences.Concat(evidence.Context)
                .SelectMany(sentence => WordOf.Matches(sentence.Plain))
                .Where(other => Units.Find(other.ValueSpan)?.Dimension == unit.Dimension)
                .ToList();
            if (!others.Exists(other => Units.Find(other.ValueSpan) == unit) && (others.Count > 0 || isCounted.Success))
                yield return isCounted.Value + match.Value;
        }
    }

    /// <summary>Finds numbers that occur more often in the claim than in its evidence: "0.4 to 0.4" for "0.4 to 0.5".</summary>
    private static IEnumerable<string> Repeated(Claim claim, EvidencePassage evidence)
    {
        var places = evidence.IsRow ? evidence.NumbersWithContext : evidence.Numbers;
        foreach (var same in claim.Numbered.Numbers.Where(number => number.Form == QuantityForm.Figures).GroupBy(number => (number.Value, number.Dimension)))
        {
            var said = same.DistinctBy(number => number.Start).Count();
            if (said > 1
                && places.All.Where(place => NumberCheck.Agrees(same.First(), place.Quantity))
                .DistinctBy(place => (place.Sentence, place.Quantity.Start))
                .Count() is > 0 and var stands
                && stands < said)
            {
                yield return claim.Numbered.GetText(same.First());
            }
        }
    }

    private static bool Differs(Quantity number, string own, Quantity quantity, SourceSentence sentence)
    {
        var other = FindUnitAfter(sentence.Plain, quantity.End);
        if (number.Dimension != Dimension.None)
            return quantity.Dimension == Dimension.None && other.Length > 0 && quantity.Form != QuantityForm.Name && IsPlural(other);
        if (quantity.Dimension != Dimension.None)
            return !sentence.Plain.Contains(own, StringComparison.OrdinalIgnoreCase);
        return number.Step >= 1 && other.Length > 0 && quantity.Form != QuantityForm.Name && IsPlural(own) && (IsPlural(other) || NumberCheck.IsCount(number))
            && !sentence.Plain.Contains(LastWord(own), StringComparison.OrdinalIgnoreCase)
            && GroundedPaper.Embed(own).Similarity(GroundedPaper.Embed(other)) < MinUnitSimilarity;
    }

    /// <summary>Up to two content words after a number: "standard deviations"; empty if other words follow.</summary>
    private static string FindUnitAfter(string plain, int end)
    {
        var at = Math.Min(end, plain.Length);
        if (at < plain.Length && plain[at] is ' ' or '-')
            at++;
        var (start, last, words) = (at, at, 0);
        while (words < 3 && at < plain.Length && at - start < UnitReach && char.IsLetter(plain[at]))
        {
            var from = at;
            while (at < plain.Length && (char.IsLetter(plain[at]) || plain[at] == '-'))
                at++;
            if (ContentWords.Stem(plain.AsSpan(from, at - from)) is null)
                break;
            (last, words) = (at, words + 1);
            if (at < plain.Length && plain[at] == ' ')
                at++;
            else
                break;
        }

        return plain[start..last];
    }

    // Only a plural is a counted object: "4.7 on average" and "12 layer model" contain no unit.
    private static bool IsPlural(ReadOnlySpan<char> words) => words.Length > 3 && words[^1] == 's' && words[^2] is not ('s' or 'u' or 'i');

    private static readonly SearchValues<char> phraseEnds = SearchValues.Create(",;:.()0123456789");

    private static readonly LinearRegex WordOf = new(@"\p{L}+");

    // Words that turn the next word into a unit without a number.
    private static readonly LinearRegex Measuring = new(@"((ten|hundred|thousand|million|billion|dozen)s of |single[ -]|single-digit |one |few |per )$");

    private static string LastWord(string words) => words[(words.LastIndexOf(' ') + 1)..].TrimEnd('s');
}
