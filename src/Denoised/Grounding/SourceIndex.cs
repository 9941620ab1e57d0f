using System.Runtime.InteropServices;
using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
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

    private const int RowsAbove = 4;
    private const int AdjacentSentences = 4;

    // A word in at most this many sentences counts as rare.
    private const int RareIn = 4;

    private const int TitleBlock = -1;
    private const int AbstractBlock = -2;
    private const int MetadataBlock = -3;

    private readonly List<SourceSentence> sentences = [];
    private readonly Dictionary<int, int> sentenceCounts = [];
    private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    private readonly List<(double Value, int Sentence, int Quantity)> values = [];
    private readonly Lazy<ILookup<long, (SourceSentence Sentence, Quantity Quantity)>> byDigits;
    private readonly Lazy<IReadOnlyList<NumberGroup>> groups;
    private readonly Lazy<IReadOnlyList<NumberGroup>> wideGroups;
    private readonly Lazy<PassageIndex> body;
    private readonly PaperDocument paper;

    // Indices of the sentences that are numbered for a model, by ordinal.
    private readonly List<int> places = [];

    public SourceIndex(Paper paper, PaperDocument text)
    {
        this.paper = text;
        var own = PaperSentences.Of(text);
        var blocks = 0;
        Add(text.Title, TitleBlock, -1);
        if (!string.Equals(text.Title, paper.Title, StringComparison.Ordinal))
            Add(paper.Title, TitleBlock, -1);
        AddOwn(own, AbstractBlock, -1, 0);
        if (!string.Equals(text.Abstract, paper.Abstract, StringComparison.Ordinal))
            Add(paper.Abstract, MetadataBlock, -1);
        for (var section = 0; section < text.Sections.Count; section++)
        {
            var current = text.Sections[section];
            Add(current.Heading, blocks++, section);
            (int First, int Count)? caption = null;
            (int First, int Count)? table = null;
            foreach (var (number, block) in current.Blocks.Index())
            {
                var first = sentences.Count;
                AddOwn(own, blocks++, section, number);
                var added = (First: first, Count: sentences.Count - first);

                // A caption precedes or follows its table.
                if (block.Kind == BlockKind.Table)
                {
                    table = added;
                    Head(added, caption);
                    caption = null;
                }
                else if (block.Kind == BlockKind.Caption)
                {
                    if (table is { } above)
                        Head(above, added);
                    table = null;
                    caption = added;
                }
                else
                {
                    (table, caption) = (null, null);
                }
            }
        }

        Link();
        IndexValues();
        Names = new NameLookup(sentences.Select(sentence => sentence.Plain));
        byDigits = new(() => values
            .Select(value => (Sentence: sentences[value.Sentence], Quantity: sentences[value.Sentence].Quantities[value.Quantity]))
            .Where(place => place.Quantity.Digits is not null)
            .ToLookup(place => place.Quantity.Digits!.Value));
        groups = new(() => [.. FindGroups(withNeighbours: false)]);
        wideGroups = new(() => [.. FindGroups(withNeighbours: true)]);
        body = new Lazy<PassageIndex>(() => new PassageIndex(text));
    }

    public PaperDocument Paper => paper;

    /// <summary>The sentences in order.</summary>
    public IReadOnlyList<SourceSentence> Sentences => sentences;

    /// <summary>The possible names in the paper.</summary>
    public NameLookup Names { get; }

    /// <summary>The titles from the paper's file and from arXiv, in plain text.</summary>
    public IEnumerable<string> Titles => sentences.TakeWhile(sentence => sentence.Block == TitleBlock).Select(sentence => sentence.Plain);

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
        var heading = section?.Heading ?? (sentence.Block == TitleBlock ? null : "Abstract");
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

    private IEnumerable<NumberGroup> FindGroups(bool withNeighbours)
    {
        for (var index = 0; index < sentences.Count; index++)
        {
            var sentence = sentences[index];
            var group = sentence.Quantities.Where(quantity => quantity.Form != QuantityForm.Name).Select(quantity => (sentence, quantity)).ToList();
            if (withNeighbours && !sentence.IsRow && index + 1 < sentences.Count && sentences[index + 1].Block == sentence.Block)
                group.AddRange(sentences[index + 1].Quantities.Where(quantity => quantity.Form != QuantityForm.Name).Select(quantity => (sentences[index + 1], quantity)));
            if (group.Count > 1)
                yield return new NumberGroup(group);
        }

        if (!withNeighbours)
            yield break;
        foreach (var table in sentences.Where(sentence => sentence.IsRow).GroupBy(sentence => sentence.Block))
        {
            foreach (var column in table.SelectMany(row => row.Quantities.Where(q => q.Form != QuantityForm.Name).Select(quantity => (Row: row, Quantity: quantity, Column: Column(row.Plain, quantity.Start)))).GroupBy(cell => cell.Column))
            {
                if (column.Select(cell => (cell.Row, cell.Quantity)).ToList() is { Count: > 1 } cells)
                    yield return new NumberGroup(cells);
            }
        }
    }

    /// <summary>The column of a position in its row.</summary>
    private static int Column(string row, int at) => row.AsSpan(0, at).Count('|');

    /// <summary>
    /// Whether both positions are in the last column. A header with merged cells has fewer columns than its rows, but its last column is still the
    /// last one.
    /// </summary>
    private static bool IsLastOfBoth(string head, int at, string row, int column) =>
        head.AsSpan().Count('|') is var heads && row.AsSpan().Count('|') is var columns && heads != columns && Column(head, at) == heads && column == columns;

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

    private void Add(string text, int block, int section)
    {
        foreach (var sentence in PaperSentences.Cut(text, BlockKind.Paragraph))
            Append(sentence, block, section, isRow: false);
    }

    /// <summary>Adds the sentences of a block of the paper.</summary>
    private void AddOwn(List<PaperSentence> own, int block, int section, int number)
    {
        while (places.Count < own.Count && own[places.Count] is var sentence && sentence.Section == section && sentence.Block == number)
        {
            places.Add(sentences.Count);
            Append(sentence.Text, block, section, sentence.Kind == BlockKind.Table);
        }
    }

    private void Append(string text, int block, int section, bool isRow)
    {
        var plain = PlainText.Of(text);
        var ids = new List<int>();
        foreach (var stem in ContentWords.Of(plain))
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(stems, stem, out var exists);
            if (!exists)
                id = stems.Count;
            ids.Add(id);
        }

        var distinct = ids.Distinct().Order().ToArray();
        foreach (var id in distinct)
            CollectionsMarshal.GetValueRefOrAddDefault(sentenceCounts, id, out _)++;
        var quantities = QuantityReader.OfSource(plain);

        // A table extracted from a PDF reads as a sentence: "Traffic (GB) 40.3 4.4".
        if (!isRow && quantities.Count > 1)
            quantities.AddRange([.. SourceDimensions.Units(plain).Concat(SourceDimensions.Powers(plain)).SelectMany(unit => quantities.Where(IsBare).Select(quantity => In(quantity, unit.Dimension, unit.Factor))).Distinct()]);
        sentences.Add(new SourceSentence(plain, block, section, isRow) { Text = text, Index = sentences.Count, Quantities = [.. quantities], Stems = distinct, Dimensions = SourceDimensions.Of(plain, quantities) });
    }

    private static bool IsBare(Quantity quantity) => quantity.Dimension == Dimension.None && quantity.Form is QuantityForm.Figures or QuantityForm.Words;

    private static Quantity In(Quantity quantity, Dimension dimension, double factor) =>
        quantity with { Value = quantity.Value * factor, Step = quantity.Step * factor, Dimension = dimension, Form = QuantityForm.Reading };

    /// <summary>Adds the words and units of the header and caption to every row of a table.</summary>
    private void Head((int First, int Count) table, (int First, int Count)? caption)
    {
        var heads = Enumerable.Range(table.First, Math.Min(2, table.Count)).ToList();
        if (caption is { } above)
            heads.AddRange(Enumerable.Range(above.First, above.Count));
        var units = heads.SelectMany(head => SourceDimensions.Units(sentences[head].Plain).Concat(SourceDimensions.Powers(sentences[head].Plain)).Select(unit => (Head: sentences[head], unit.Dimension, unit.Factor, unit.At))).ToList();
        var spoken = heads.Aggregate(0, (bits, head) => bits | sentences[head].Dimensions);
        for (var index = table.First; index < table.First + table.Count; index++)
        {
            var row = sentences[index];

            // The group label of a row is often in the first cell of a row above.
            row.Context = [.. heads.Concat(Enumerable.Range(Math.Max(table.First, index - RowsAbove), Math.Min(RowsAbove, index - table.First))).Distinct().Where(head => head != index)];
            row.Dimensions |= spoken;

            // A unit in the column header, or anywhere in the caption, applies to the cells.
            var readings = new List<Quantity>(row.Quantities);
            var labels = SourceDimensions.Units(row.Plain).Concat(SourceDimensions.Powers(row.Plain)).Concat(SourceDimensions.Label(row.Plain)).ToList();
            foreach (var quantity in row.Quantities.Where(IsBare))
            {
                var column = Column(row.Plain, quantity.Start);
                foreach (var (dimension, factor, at) in labels)
                {
                    if (column > 0 && Column(row.Plain, at) == 0)
                        readings.Add(In(quantity, dimension, factor));
                }

                foreach (var (head, dimension, factor, at) in units)
                {
                    if (!head.IsRow || Column(head.Plain, at) == column || IsLastOfBoth(head.Plain, at, row.Plain, column))
                        readings.Add(In(quantity, dimension, factor));
                }
            }

            if (readings.Count > row.Quantities.Length)
                sentences[index] = row with { Quantities = [.. readings.Distinct()] };
        }
    }

    private void Link()
    {
        // The paragraphs before and after a table describe it.
        var beside = new Dictionary<int, List<int>>();
        for (var index = 0; index < sentences.Count; index++)
        {
            if (!sentences[index].IsRow || (index > 0 && sentences[index - 1].Block == sentences[index].Block))
                continue;
            var last = index;
            while (last + 1 < sentences.Count && sentences[last + 1].Block == sentences[index].Block)
                last++;
            beside[sentences[index].Block] = [.. Enumerable.Range(Math.Max(0, index - AdjacentSentences), Math.Min(AdjacentSentences, index)), .. Enumerable.Range(last + 1, Math.Min(AdjacentSentences, sentences.Count - last - 1))];
        }

        for (var index = 0; index < sentences.Count; index++)
        {
            var sentence = sentences[index];
            if (sentence.IsRow)
            {
                sentence.Context = [.. sentence.Context, .. beside.GetValueOrDefault(sentence.Block, [])];
                continue;
            }

            var around = new List<int>(2);
            if (index > 0 && sentences[index - 1].Block == sentence.Block)
                around.Add(index - 1);
            if (index + 1 < sentences.Count && sentences[index + 1].Block == sentence.Block)
                around.Add(index + 1);
            sentence.Context = [.. around];
        }
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
