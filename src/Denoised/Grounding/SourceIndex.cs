using Denoised.Domain;
using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Index of a paper for the checks: its sentences and table rows with their numbers, names and stems. Built once per paper in linear time, and cached
/// as long as the paper's text.
/// </summary>
internal sealed class SourceIndex
{
    /// <summary>A bit of <see cref="SourceSentence.Dimensions"/>: the sentence mentions a score, so a bare number can be percent or points.</summary>
    public const int Scored = 1 << 30;

    // A word in at most this many sentences counts as rare.
    private const int RareIn = 4;

    private readonly List<SourceSentence> sentences;
    private readonly Dictionary<int, int> sentenceCounts;
    private readonly Dictionary<string, int> stems;
    private readonly List<int> places;
    private readonly List<(double Value, int Sentence, int Quantity)> values = [];
    private readonly Lazy<ILookup<long, (SourceSentence Sentence, Quantity Quantity)>> byDigits;
    private readonly Lazy<IReadOnlyList<NumberGroup>> groups;
    private readonly Lazy<IReadOnlyList<NumberGroup>> wideGroups;
    private readonly Lazy<PassageIndex> body;
    private readonly PaperDocument paper;

    public SourceIndex(Paper paper, PaperDocument text)
    {
        this.paper = text;
        var read = new SourceSentences(paper, text);
        (sentences, sentenceCounts, stems, places) = (read.All, read.SentenceCounts, read.Stems, read.Places);
        IndexValues();
        Names = new NameLookup(sentences.Select(sentence => sentence.Plain));
        byDigits = new(() => values
            .Select(value => (Sentence: sentences[value.Sentence], Quantity: sentences[value.Sentence].Quantities[value.Quantity]))
            .Where(place => place.Quantity.Digits is not null)
            .ToLookup(place => place.Quantity.Digits!.Value));
        groups = new(() => [.. NumberGroups.Find(sentences, withNeighbours: false)]);
        wideGroups = new(() => [.. NumberGroups.Find(sentences, withNeighbours: true)]);
        body = new Lazy<PassageIndex>(() => new PassageIndex(text));
    }

    public PaperDocument Paper => paper;

    /// <summary>The sentences in order.</summary>
    public IReadOnlyList<SourceSentence> Sentences => sentences;

    /// <summary>The possible names in the paper.</summary>
    public NameLookup Names { get; }

    /// <summary>The titles from the paper's file and from arXiv, in plain text.</summary>
    public IEnumerable<string> Titles => sentences.TakeWhile(sentence => sentence.Block == SourceSentences.TitleBlock).Select(sentence => sentence.Plain);

    /// <summary>The index of the body's word runs, for detecting copied passages.</summary>
    public PassageIndex Body => body.Value;

    /// <summary>The number of a stem, or null when it does not occur in the paper.</summary>
    public int? StemOf(string stem) => stems.TryGetValue(stem, out var number) ? number : null;

    /// <summary>The distinct stems of a draft's sentence that occur in the paper.</summary>
    public HashSet<int> StemsOf(string plain) => [.. ContentWords.Of(plain).Select(stem => stems.GetValueOrDefault(stem, -1)).Where(stem => stem >= 0)];

    /// <summary>The sentence with an ordinal (see <see cref="PaperSentences"/>).</summary>
    public SourceSentence AtOrdinal(int ordinal) => sentences[places[ordinal]];

    /// <summary>
    /// The heading of a sentence's section (<c>Abstract</c> for the abstract, null for the title), and the fragment of the section in arXiv's HTML.
    /// </summary>
    public (string? Section, string? Anchor) PlaceOf(SourceSentence sentence)
    {
        var section = sentence.Section >= 0 ? paper.Sections[sentence.Section] : null;
        var heading = section?.Heading ?? (sentence.Block == SourceSentences.TitleBlock ? null : "Abstract");
        return (heading is { Length: > 0 } ? heading : null, section?.Anchor);
    }

    /// <summary>The sentences in the same block as a sentence.</summary>
    public IEnumerable<SourceSentence> BlockOf(SourceSentence sentence)
    {
        var first = sentence.Index;
        while (first > 0 && sentences[first - 1].Block == sentence.Block)
            first--;
        for (var at = first; at < sentences.Count && sentences[at].Block == sentence.Block; at++)
            yield return sentences[at];
    }

    /// <summary>The places of numbers with an absolute value between two values, of any dimension.</summary>
    public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> Between(double least, double most)
    {
        var at = LowerBound(least);
        for (; at < values.Count && values[at].Value <= most; at++)
            yield return (sentences[values[at].Sentence], sentences[values[at].Sentence].Quantities[values[at].Quantity]);
    }

    /// <summary>The places of numbers with the given digits (see <see cref="Quantity.Digits"/>), whatever their unit and power of ten.</summary>
    public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> WithDigits(long digits) => byDigits.Value[digits];

    /// <summary>The number of given stems in a sentence or its context. Stems that are rare in the paper count twice on request.</summary>
    public int Shared(SourceSentence sentence, HashSet<int> wanted, bool isRareTwice = true)
    {
        var shared = 0;
        foreach (var stem in wanted)
        {
            if (IsIn(sentence, stem))
                shared += isRareTwice && sentenceCounts[stem] <= RareIn ? 2 : 1;
        }

        return shared;
    }

    /// <summary>
    /// The total rarity of the given stems in a sentence or its context: rare words identify the subject best. Stems in the context count half.
    /// </summary>
    public double Weight(SourceSentence sentence, HashSet<int> wanted)
    {
        var weight = 0.0;
        foreach (var stem in wanted)
        {
            if (Array.BinarySearch(sentence.Stems, stem) >= 0)
                weight += Rarity(stem);
            else if (IsIn(sentence, stem))
                weight += Rarity(stem) / 2;
        }

        return weight;
    }

    /// <summary>The weight of the sentence that shares most with the given stems.</summary>
    public double HeaviestWeight(HashSet<int> wanted)
    {
        var most = 0.0;
        foreach (var sentence in sentences)
            most = Math.Max(most, Weight(sentence, wanted));
        return most;
    }

    private double Rarity(int stem) => Math.Log((1.0 + sentences.Count) / sentenceCounts[stem]);

    /// <summary>Whether a value occurs in a sentence or its context, with either sign.</summary>
    public bool IsIn(SourceSentence sentence, double value)
    {
        if (HasValue(sentence, value))
            return true;
        foreach (var other in sentence.Context)
        {
            if (HasValue(sentences[other], value))
                return true;
        }

        return false;
    }

    private static bool HasValue(SourceSentence sentence, double value)
    {
        foreach (var quantity in sentence.Quantities)
        {
            if (Math.Abs(Math.Abs(quantity.Value) - value) <= 1e-9 * value)
                return true;
        }

        return false;
    }

    private bool IsIn(SourceSentence sentence, int stem)
    {
        if (Array.BinarySearch(sentence.Stems, stem) >= 0)
            return true;
        foreach (var other in sentence.Context)
        {
            if (Array.BinarySearch(sentences[other].Stems, stem) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>The groups in which two numbers can form a difference or a ratio: a sentence with its neighbour, a table's row or column.</summary>
    public IReadOnlyList<NumberGroup> Groups(bool withNeighbours) => (withNeighbours ? wideGroups : groups).Value;

    private int LowerBound(double least)
    {
        var (low, high) = (0, values.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle].Value < least)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void IndexValues()
    {
        for (var index = 0; index < sentences.Count; index++)
        {
            for (var quantity = 0; quantity < sentences[index].Quantities.Length; quantity++)
                values.Add((Math.Abs(sentences[index].Quantities[quantity].Value), index, quantity));
        }

        values.Sort(static (one, other) => one.Value.CompareTo(other.Value));
    }
}
