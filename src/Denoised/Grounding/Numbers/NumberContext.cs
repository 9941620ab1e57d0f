namespace Denoised.Grounding.Numbers;

/// <summary>The search context of a number: the words of its sentence and the allowed places.</summary>
/// <param name="spoken">The sentence of the number.</param>
/// <param name="number">The number.</param>
internal sealed class NumberContext(NumberedSentence spoken, Quantity number)
{
    // The number of context words that must match, if the sentence has that many.
    private const int SharedWords = 2;

    // The minimum overlap of a number's context with the sentence, as a share of the best overlap in the paper. Higher for numbers that are common.
    private const double ShortShare = 0.36;
    private const double LongShare = 0.18;

    /// <summary>The minimum overlap for a derived number, as a share of the best overlap in the paper.</summary>
    public const double DerivedShare = 0.5;

    // A number with a unit is rarer than a bare one.
    private const double MeasuredPart = 0.5;
    private const double WeightOfValue = 3;

    private readonly SourceIndex source = spoken.Source;

    // A sentence with very few words, such as "The difference is 3.", has no context to match.
    private int Needed => Math.Clamp(spoken.Stems.Count - 2, 0, SharedWords);

    public string Plain => spoken.Plain;

    /// <summary>Whether the sentence itself states a value: it is then no summand.</summary>
    public bool Says(Quantity quantity) => spoken.Numbers.Any(said => said.Value == quantity.Value);

    public bool IsMultiplying => spoken.IsMultiplying;

    /// <summary>The places to search; null for the whole paper.</summary>
    public NumberPlaces? Only { get; init; }

    public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> Between(double min, double max)
    {
        if (Only is null)
            return source.Between(min, max);
        return Only.All.Where(place => Math.Abs(place.Quantity.Value) >= min && Math.Abs(place.Quantity.Value) <= max);
    }

    public IReadOnlyList<NumberGroup> Groups(bool withNeighbours) =>
        Only is null
            ? source.Groups(withNeighbours)
            : Only.Groups;

    /// <summary>The places of numbers with the same digits, whatever their unit and power of ten.</summary>
    public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> WithDigits(long digits) =>
        Only is null ? source.WithDigits(digits) : Only.All.Where(place => place.Quantity.Digits == digits);

    public double HeaviestWeight => spoken.HeaviestWeight;

    /// <summary>The overlap of the sentence with a sentence of the paper and its context.</summary>
    public double Weight(SourceSentence sentence) => Weight(spoken.SharedWith(sentence, number));

    private static double Weight(Overlap overlap) => overlap.Weight + (overlap.Values * WeightOfValue);

    public bool IsAbout(SourceSentence sentence) =>
        Only is not null || NumberCheck.IsCount(number)
        || IsNear(sentence, (number.SignificantDigits <= 2 ? ShortShare : LongShare) * (number.Dimension > Dimension.Ratio ? MeasuredPart : 1));

    /// <summary>
    /// A stricter test for derived numbers: almost any number follows from some others, so these must occur in the best matching place.
    /// </summary>
    public bool IsCloselyAbout(SourceSentence sentence) => IsAbout(sentence) && (Only is not null || IsNear(sentence, DerivedShare));

    /// <summary>Whether a sentence of the group passes the stricter test.</summary>
    public bool IsCloselyAbout(NumberGroup group)
    {
        foreach (var sentence in group.Sentences)
        {
            if (IsCloselyAbout(sentence))
                return true;
        }

        return false;
    }

    private bool IsNear(SourceSentence sentence, double share)
    {
        var shared = spoken.SharedWith(sentence, number);

        // A table expresses in numbers what a sentence expresses in words.
        if (shared.Words >= 1 && (shared.Values >= 2 || (sentence.IsRow && (shared.Values >= 1 || number.SignificantDigits >= 3))))
            return true;
        return (shared.Words >= Needed || shared.Words + shared.Values >= SharedWords)
            && (Needed < SharedWords || number.SignificantDigits > 4 || Weight(shared) >= share * HeaviestWeight);
    }
}
