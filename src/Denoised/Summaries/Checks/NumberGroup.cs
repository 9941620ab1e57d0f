namespace Denoised.Summaries.Checks;

/// <summary>Numbers of the paper that stand side by side, so that a difference or a ratio of two may be formed.</summary>
/// <param name="members">The numbers, with the sentences that they stand in.</param>
internal sealed class NumberGroup(IReadOnlyList<(SourceSentence Sentence, Quantity Quantity)> members)
{
    private readonly Lazy<IReadOnlyList<(Dimension Dimension, IReadOnlyList<Quantity> Sorted)>> kinds = new(() =>
        [.. members
            .GroupBy(member => member.Quantity.Dimension, member => member.Quantity)
            .Select(kind => (kind.Key, (IReadOnlyList<Quantity>)[.. kind.DistinctBy(quantity => quantity.Value).OrderBy(quantity => quantity.Value)]))]);

    /// <summary>How many there are.</summary>
    public int Count => members.Count;

    /// <summary>The sentences that they stand in, in order, each once.</summary>
    public SourceSentence[] Sentences { get; } = [.. members.Select(member => member.Sentence).Distinct()];

    /// <summary>Those that can be subtracted from or divided by each other, each value once, smallest first.</summary>
    public IReadOnlyList<(Dimension Dimension, IReadOnlyList<Quantity> Sorted)> Kinds => kinds.Value;
}

/// <summary>Some sentences of the paper, in which alone a number may stand.</summary>
/// <param name="sentences">The sentences, each once.</param>
internal sealed class NumberPlaces(IReadOnlyCollection<SourceSentence> sentences)
{
    /// <summary>Their numbers, every reading of them.</summary>
    public IReadOnlyList<(SourceSentence Sentence, Quantity Quantity)> All { get; } = [.. sentences.SelectMany(sentence => sentence.Quantities.Select(quantity => (sentence, quantity)))];

    /// <summary>One group of them, without the figures of names.</summary>
    public IReadOnlyList<NumberGroup> Groups => field ??= [new NumberGroup([.. All.Where(place => place.Quantity.Form != QuantityForm.Name)])];
}
