namespace Denoised.Grounding.Claims;

/// <summary>
/// Checks that a sentence negates the same statements as its evidence and compares in the same direction. The words beside a comparison identify the
/// roles ("A beats B").
/// </summary>
internal static class PolarityCheck
{
    private const int ScopeShared = 3;
    private const double MostlyShared = 0.5;

    /// <summary>Finds the negations and directions in which sentence and evidence differ.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        var (said, read) = (new PolarizedText(claim.Tokens), evidence.Polarity);
        if (AddedNegation(said, read) is { } added)
            yield return new(GroundingKind.Polarity, $"its evidence does not deny this: \"{added}\"");
        else if (DroppedNegation(said, read) is { } dropped)
            yield return new(GroundingKind.Polarity, $"its evidence denies this: \"{dropped}\"");
        if (read.IsPending && !said.HasProspect && !said.HasDenial && said.ShareIn(read) >= MostlyShared)
            yield return new(GroundingKind.Polarity, "its evidence says that this is still to be done");
        if (Direction(said, read) is { } direction)
            yield return new(GroundingKind.Polarity, $"its evidence says the opposite: \"{direction}\"");
        else if (SwappedRoles(said, read) is { } comparison)
            yield return new(GroundingKind.Polarity, $"its evidence compares the other way round: \"{comparison}\"");
    }

    private static string? AddedNegation(PolarizedText said, PolarizedText read)
    {
        foreach (var negation in said.Negations)
        {
            var scope = said.GetScope(negation);
            // The negated words occur in the evidence, outside the scope of every negation there. A paraphrase can negate other words: "need not
            // start over".
            var affirmed = scope.Where(word => read.Positions(word.Stem) is { Count: > 0 } places
                && places.TrueForAll(place => !read.IsDenied(place)))
                .ToList();
            if (affirmed.Count > (read.HasStrongDenial ? 1 : 0)
                && (affirmed[0].At == scope[0].At || (affirmed.Count > 1 && read.Positions(scope[0].Stem).Count == 0)))
            {
                return said.GetText(negation, scope);
            }
        }

        return null;
    }

    private static string? DroppedNegation(PolarizedText said, PolarizedText read)
    {
        if (said.HasStrongDenial)
            return null;
        if (said.Opposite(read) is { } opposite)
            return opposite;
        foreach (var negation in said.HasDenial ? read.Negations : [.. read.Negations, .. read.Contrasts])
        {
            var scope = read.GetScope(negation);
            var shared = scope.Count(word => said.Positions(word.Stem).Count > 0);
            var isFirst = scope.Count > 0 && said.Positions(scope[0].Stem).Count > 0;
            if (shared >= Math.Min(scope.Count, 2) && (isFirst || shared >= ScopeShared))
                return read.GetText(negation, scope);
        }

        if (said.HasDenial)
            return null;
        foreach (var negation in read.Contrasts.Where(negation => read.GetScope(negation).Count == 0))
        {
            var scope = read.ScopeBefore(negation);
            if (scope.Count(word => said.Positions(word.Stem).Count > 0) is var shared && shared >= ScopeShared && shared >= MostlyShared * scope.Count)
                return read.Word(negation);
        }

        return null;
    }

    private static string? Direction(PolarizedText said, PolarizedText read)
    {
        // "B is worse than A" for "A outperforms B": the check compares roles.
        if (said.Comparisons.Exists(own => read.Comparisons.Exists(other => own.IsReversed != other.IsReversed)))
            return null;
        foreach (var own in said.Directions)
        {
            var others = read.Directions.Where(other => other.Axis == own.Axis).ToList();
            if (others.Count > 0 && others.TrueForAll(other => other.IsUp != own.IsUp)
                && (others.Exists(other => said.SharesAdjacentWords(own, read, other)) || IsOnlyOne(own.Axis)))
            {
                return said.Word(own.At);
            }
        }

        return null;

        // If both texts have exactly one direction, a sentence in the words of its evidence has the same one. "More" and "less" are too frequent for
        // this rule.
        bool IsOnlyOne(int axis) =>
            axis > 0 && said.Directions.Count(direction => direction.Axis == axis) == 1
            && read.Directions.Count(direction => direction.Axis == axis) == 1 && said.ShareIn(read) >= MostlyShared;
    }

    private static string? SwappedRoles(PolarizedText said, PolarizedText read)
    {
        foreach (var own in said.Comparisons)
        {
            foreach (var other in read.Comparisons.Where(other => other.IsNeutral == own.IsNeutral))
            {
                var (left, right) = (said.Side(own, isLeft: true), said.Side(own, isLeft: false));
                var (otherLeft, otherRight) = (read.Side(other, isLeft: true), read.Side(other, isLeft: false));
                if (own.IsReversed != other.IsReversed)
                    (otherLeft, otherRight) = (otherRight, otherLeft);
                var crossed = Math.Min(
                    left.Count(stem => otherRight.Contains(stem) && !otherLeft.Contains(stem)),
                    right.Count(stem => otherLeft.Contains(stem) && !otherRight.Contains(stem)));
                if (crossed > 0)
                    return said.Word(own.At);
            }
        }

        return null;
    }
}
