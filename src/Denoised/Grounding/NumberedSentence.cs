using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>A sentence of a draft with its numbers and context words. Analysed once for all of its numbers.</summary>
internal sealed class NumberedSentence
{
    private readonly Lazy<HashSet<int>> stems;
    private readonly Lazy<double> heaviest;
    private readonly HashSet<double> signed;
    private readonly List<double> values;
    private readonly Dictionary<SourceSentence, (Overlap Overlap, HashSet<double> Values)> overlaps = [];
    private readonly Lazy<bool> isMultiplying;

    /// <summary>Analyses a sentence.</summary>
    /// <param name="plain">The sentence, in plain text.</param>
    /// <param name="source">The paper that it is checked against.</param>
    public NumberedSentence(string plain, SourceIndex source)
    {
        (Plain, Source) = (plain, source);
        Numbers = QuantityReader.OfDraft(plain);
        stems = new(() => source.StemsOf(plain));
        heaviest = new(() => source.HeaviestWeight(Stems));
        isMultiplying = new(() => NumberCheck.Multiplying.IsMatch(new TokenizedText(plain)));
        signed = [.. Numbers.Select(number => number.Value)];
        values = [.. signed.Select(Math.Abs).Distinct()];
    }

    /// <summary>The sentence, in plain text.</summary>
    public string Plain { get; }

    public SourceIndex Source { get; }

    /// <summary>The numbers, in order.</summary>
    public IReadOnlyList<Quantity> Numbers { get; }

    /// <summary>The stems that also occur in the paper.</summary>
    public HashSet<int> Stems => stems.Value;

    /// <summary>The highest overlap of the sentence with a place of the paper.</summary>
    public double HeaviestWeight => heaviest.Value;

    /// <summary>Whether the sentence mentions factors or ratios.</summary>
    public bool IsMultiplying => isMultiplying.Value;

    /// <summary>The overlap with a sentence of the paper and its context, excluding one number.</summary>
    public Overlap SharedWith(SourceSentence place, Quantity number)
    {
        if (!overlaps.TryGetValue(place, out var known))
        {
            HashSet<double> shared = [.. values.Where(value => Source.IsIn(place, value))];
            overlaps[place] = known = (new Overlap(Source.Shared(place, Stems), shared.Count, Source.Weight(place, Stems)), shared);
        }

        // "From -3 to 3" contributes two values.
        var isTwice = number.Value != 0 && signed.Contains(-number.Value);
        return isTwice || !known.Values.Contains(Math.Abs(number.Value)) ? known.Overlap : known.Overlap with { Values = known.Overlap.Values - 1 };
    }

    /// <summary>A number as written.</summary>
    public string GetText(Quantity number) => Plain[number.Start..number.End];
}

/// <summary>The overlap of a draft's sentence with a sentence of the paper and its context.</summary>
/// <param name="Words">The number of common stems; stems that are rare in the paper count twice.</param>
/// <param name="Values">The number of common numbers, ignoring the sign. Two sentences with the same other numbers have the same subject.</param>
/// <param name="Weight">The total rarity of the common stems.</param>
internal readonly record struct Overlap(int Words, int Values, double Weight);
