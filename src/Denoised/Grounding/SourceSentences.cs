using System.Runtime.InteropServices;
using Denoised.Domain;
using Denoised.Grounding.Numbers;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Reads the sentences and table rows of a paper with their numbers and stems, and links each to its context: its neighbours, or the header, caption
/// and paragraphs of a table.
/// </summary>
internal sealed class SourceSentences
{
    /// <summary>The block number of the titles.</summary>
    public const int TitleBlock = -1;

    private const int AbstractBlock = -2;
    private const int MetadataBlock = -3;

    private const int RowsAbove = 4;
    private const int AdjacentSentences = 4;

    private readonly List<SourceSentence> sentences = [];
    private readonly Dictionary<int, int> sentenceCounts = [];
    private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    private readonly List<int> places = [];

    public SourceSentences(Paper paper, PaperDocument text)
    {
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
    }

    /// <summary>The sentences in order.</summary>
    public List<SourceSentence> All => sentences;

    /// <summary>The number of each stem that occurs in the paper.</summary>
    public Dictionary<string, int> Stems => stems;

    /// <summary>The number of sentences that contain a stem, by its number.</summary>
    public Dictionary<int, int> SentenceCounts => sentenceCounts;

    /// <summary>The indices of the sentences that are numbered for a model, by ordinal.</summary>
    public List<int> Places => places;

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
            quantities.AddRange([.. SourceDimensions.Units(plain)
                .Concat(SourceDimensions.Powers(plain))
                .SelectMany(unit => quantities.Where(IsBare).Select(quantity => In(quantity, unit.Dimension, unit.Factor)))
                .Distinct()]);
        sentences.Add(new SourceSentence(plain, block, section, isRow)
        {
            Text = text,
            Index = sentences.Count,
            Quantities = [.. quantities],
            Stems = distinct,
            Dimensions = SourceDimensions.Of(plain, quantities),
        });
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
        var units = heads.SelectMany(head => SourceDimensions.Units(sentences[head].Plain)
            .Concat(SourceDimensions.Powers(sentences[head].Plain))
            .Select(unit => (Head: sentences[head], unit.Dimension, unit.Factor, unit.At)))
            .ToList();
        var spoken = heads.Aggregate(0, (bits, head) => bits | sentences[head].Dimensions);
        for (var index = table.First; index < table.First + table.Count; index++)
        {
            var row = sentences[index];

            // The group label of a row is often in the first cell of a row above.
            row.Context = [.. heads.Concat(Enumerable.Range(Math.Max(table.First, index - RowsAbove), Math.Min(RowsAbove, index - table.First)))
                .Distinct()
                .Where(head => head != index)];
            row.Dimensions |= spoken;

            // A unit in the column header, or anywhere in the caption, applies to the cells.
            var readings = new List<Quantity>(row.Quantities);
            var labels = SourceDimensions.Units(row.Plain).Concat(SourceDimensions.Powers(row.Plain)).Concat(SourceDimensions.Label(row.Plain)).ToList();
            foreach (var quantity in row.Quantities.Where(IsBare))
            {
                var column = TableColumns.Of(row.Plain, quantity.Start);
                foreach (var (dimension, factor, at) in labels)
                {
                    if (column > 0 && TableColumns.Of(row.Plain, at) == 0)
                        readings.Add(In(quantity, dimension, factor));
                }

                foreach (var (head, dimension, factor, at) in units)
                {
                    if (!head.IsRow || TableColumns.Of(head.Plain, at) == column || TableColumns.IsLastOfBoth(head.Plain, at, row.Plain, column))
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
            beside[sentences[index].Block] = [
                .. Enumerable.Range(Math.Max(0, index - AdjacentSentences), Math.Min(AdjacentSentences, index)),
                .. Enumerable.Range(last + 1, Math.Min(AdjacentSentences, sentences.Count - last - 1))];
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
}
