using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>Adjacent numbers of the paper, two of which can form a difference or a ratio.</summary>
/// <param name="members">The numbers, with their sentences.</param>
internal sealed class NumberGroup(IReadOnlyList<(SourceSentence Sentence, Quantity Quantity)> members)
{
    private readonly Lazy<IReadOnlyList<(Dimension Dimension, IReadOnlyList<Quantity> Sorted)>> kinds = new(() =>
        [.. members
            .GroupBy(member => member.Quantity.Dimension, member => member.Quantity)
            .Select(kind => (kind.Key, (IReadOnlyList<Quantity>)[.. kind.DistinctBy(quantity => quantity.Value).OrderBy(quantity => quantity.Value)]))]);

    /// <summary>The number of members.</summary>
    public int Count => members.Count;

    /// <summary>The distinct sentences of the numbers, in order.</summary>
    public SourceSentence[] Sentences { get; } = [.. members.Select(member => member.Sentence).Distinct()];

    /// <summary>The numbers by dimension, distinct and in ascending order. Only numbers of one dimension can be subtracted or divided.</summary>
    public IReadOnlyList<(Dimension Dimension, IReadOnlyList<Quantity> Sorted)> Kinds => kinds.Value;
}

/// <summary>The sentences of the paper to which a number search is limited.</summary>
/// <param name="sentences">The distinct sentences.</param>
internal sealed class NumberPlaces(IReadOnlyCollection<SourceSentence> sentences)
{
    /// <summary>The numbers of the sentences, in every reading.</summary>
    public IReadOnlyList<(SourceSentence Sentence, Quantity Quantity)> All { get; } = [.. sentences.SelectMany(sentence => sentence.Quantities.Select(quantity => (sentence, quantity)))];

    /// <summary>All numbers as one group, without the numbers in names.</summary>
    public IReadOnlyList<NumberGroup> Groups => field ??= [new NumberGroup([.. All.Where(place => place.Quantity.Form != QuantityForm.Name)])];
}
