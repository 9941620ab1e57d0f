using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>
/// Each number of a sentence stands in its evidence or follows from it (<see cref="NumberCheck"/>), spelled counts, "twice" and "a third" among them, and
/// measures the same: a unit that no table of units knows ("standard deviations") is a unit all the same.
/// </summary>
internal static class NumberSupport
{
    // "Layers" and "blocks" may be the same; "hours" and "videos" are not.
    private const double LeastUnitSimilarity = 0.25;

    private const int UnitReach = 40;

    /// <summary>The numbers that the evidence does not support.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        foreach (var number in QuantityReader.OfClaim(claim.Plain))
        {
            // "One bit" may be "a single bit".
            if (number is { Form: QuantityForm.Words, Written: <= 1 })
                continue;
            var places = PlacesOf(number, evidence);
            if (!NumberCheck.StandsIn(number, claim.Numbered, places))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.Written(number)}\" does not stand in its evidence, nor does it follow from it");
            else if (IsOtherUnit(number, claim, places))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.Written(number)}\" is of another unit in its evidence");
        }

        foreach (Match match in Measured.Matches(claim.Plain))
        {
            var unit = match.Groups["unit"].Value;
            if (Units.Find(unit) is { Dimension: >= Dimension.Time } && !evidence.Text.Contains(unit.TrimEnd('s'), StringComparison.OrdinalIgnoreCase))
                yield return new(GroundingKind.Number, $"\"{match.Value}\" does not stand in its evidence");
        }

        foreach (var saying in QuantityReader.SayingsOf(claim.Plain))
        {
            if (!saying.Any(reading => NumberCheck.StandsIn(reading, claim.Numbered, evidence.IsRow ? evidence.NumbersAround : evidence.Numbers)))
                yield return new(GroundingKind.Number, $"\"{claim.Numbered.Written(saying[0])}\" does not follow from its evidence");
        }
    }

    // A row's numbers are explained by its table's head, and what is counted may be listed beside.
    private static NumberPlaces PlacesOf(Quantity number, EvidencePassage evidence) =>
        evidence.IsRow || NumberCheck.IsCount(number) ? evidence.NumbersAround : evidence.Numbers;

    private static bool IsOtherUnit(Quantity number, Claim claim, NumberPlaces places)
    {
        if (NumberCheck.IsCount(number) || number.Dimension is not (Dimension.None or Dimension.Percent or Dimension.Points or Dimension.Ratio))
            return false;
        var own = UnitBehind(claim.Plain, number.End);
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

    private static bool Differs(Quantity number, string own, Quantity quantity, SourceSentence sentence)
    {
        var other = UnitBehind(sentence.Plain, quantity.End);
        if (number.Dimension != Dimension.None)
            return quantity.Dimension == Dimension.None && other.Length > 0 && quantity.Form != QuantityForm.Name && IsPlural(other);
        if (quantity.Dimension != Dimension.None)
            return !sentence.Plain.Contains(own, StringComparison.OrdinalIgnoreCase);
        return number.Step >= 1 && other.Length > 0 && quantity.Form != QuantityForm.Name && IsPlural(own) && IsPlural(other)
            && !sentence.Plain.Contains(LastWord(own), StringComparison.OrdinalIgnoreCase)
            && GroundedPaper.Embed(own).Similarity(GroundedPaper.Embed(other)) < LeastUnitSimilarity;
    }

    /// <summary>Up to two words of content behind a number: "standard deviations"; empty where something else stands there.</summary>
    private static string UnitBehind(string plain, int end)
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

    // Only a plural is counted: "4.7 on average" and "12 layer model" tell no unit.
    private static bool IsPlural(string words) => words.Length > 3 && words[^1] == 's' && words[^2] is not ('s' or 'u' or 'i');

    // Units without a figure.
    private static readonly LinearRegex Measured = new(@"\b((ten|hundred|thousand|million|billion|dozen)s of|single|one|few) (?<unit>\p{L}{3,})");

    private static string LastWord(string words) => words[(words.LastIndexOf(' ') + 1)..].TrimEnd('s');
}
