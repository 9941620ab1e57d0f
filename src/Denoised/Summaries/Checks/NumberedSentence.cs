using Denoised.Phrases;

namespace Denoised.Summaries.Checks;

/// <summary>A draft's sentence, read once for all of its numbers: these, and the words that say what they are about.</summary>
internal sealed class NumberedSentence
{
    private readonly Lazy<HashSet<int>> stems;
    private readonly Lazy<double> heaviest;
    private readonly HashSet<double> signed;
    private readonly List<double> values;
    private readonly Dictionary<SourceSentence, (Overlap Overlap, HashSet<double> Values)> overlaps = [];
    private readonly Lazy<bool> isMultiplying;

    /// <summary>Reads a sentence.</summary>
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

    /// <summary>The paper.</summary>
    public SourceIndex Source { get; }

    /// <summary>Its numbers, in their order.</summary>
    public IReadOnlyList<Quantity> Numbers { get; }

    /// <summary>The stems of its words that stand in the paper, too.</summary>
    public HashSet<int> Stems => stems.Value;

    /// <summary>How much of what it speaks of stands in the place of the paper that has most of it.</summary>
    public double HeaviestWeight => heaviest.Value;

    /// <summary>Whether it speaks of factors or ratios.</summary>
    public bool IsMultiplying => isMultiplying.Value;

    /// <summary>What one of the paper's sentences and those around it share with this one, apart from one of the numbers.</summary>
    public Overlap SharedWith(SourceSentence place, Quantity number)
    {
        if (!overlaps.TryGetValue(place, out var known))
        {
            HashSet<double> shared = [.. values.Where(value => Source.IsIn(place, value))];
            overlaps[place] = known = (new Overlap(Source.Shared(place, Stems), shared.Count, Source.Weight(place, Stems)), shared);
        }

        // "From -3 to 3" gives two.
        var isTwice = number.Value != 0 && signed.Contains(-number.Value);
        return isTwice || !known.Values.Contains(Math.Abs(number.Value)) ? known.Overlap : known.Overlap with { Values = known.Overlap.Values - 1 };
    }

    /// <summary>A number as it is written.</summary>
    public string Written(Quantity number) => Plain[number.Start..number.End];
}

/// <summary>What a sentence of the paper and those around it share with a draft's.</summary>
/// <param name="Words">The stems; those that are rare in the paper count twice.</param>
/// <param name="Values">The numbers that differ in more than their sign: a sentence that gives the same other numbers is about the same thing.</param>
/// <param name="Weight">How much the stems tell.</param>
internal readonly record struct Overlap(int Words, int Values, double Weight);
