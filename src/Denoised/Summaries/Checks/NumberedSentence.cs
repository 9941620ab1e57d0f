namespace Denoised.Summaries.Checks;

/// <summary>A draft's sentence, read once for all of its numbers: these, and the words that say what they are about.</summary>
internal sealed class NumberedSentence
{
    private readonly Lazy<HashSet<int>> stems;
    private readonly Lazy<double> heaviest;
    private readonly HashSet<double> signed;
    private readonly List<double> values;

    /// <summary>Reads a sentence.</summary>
    /// <param name="plain">The sentence, in plain text.</param>
    /// <param name="source">The paper that it is checked against.</param>
    public NumberedSentence(string plain, SourceIndex source)
    {
        (Plain, Source) = (plain, source);
        Numbers = QuantityReader.OfDraft(plain);
        stems = new(() => source.StemsOf(plain));
        heaviest = new(() => source.HeaviestWeight(Stems));
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

    /// <summary>The values of the numbers that differ from one of them, each once, without their signs.</summary>
    public IEnumerable<double> ValuesBeside(Quantity number) => values.Where(value => value != Math.Abs(number.Value) || (value != 0 && signed.Contains(-number.Value)));

    /// <summary>A number as it is written.</summary>
    public string Written(Quantity number) => Plain[number.Start..number.End];
}
