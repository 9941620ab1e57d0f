namespace Denoised.Grounding.Numbers;

/// <summary>Finds the groups in which two numbers can form a difference or a ratio.</summary>
internal static class NumberGroups
{
    /// <summary>One group per sentence; on request also the next sentence of its block, and one group per table column.</summary>
    public static IEnumerable<NumberGroup> Find(List<SourceSentence> sentences, bool withNeighbours)
    {
        for (var index = 0; index < sentences.Count; index++)
        {
            var sentence = sentences[index];
            var group = sentence.Quantities.Where(quantity => quantity.Form != QuantityForm.Name).Select(quantity => (sentence, quantity)).ToList();
            if (withNeighbours && !sentence.IsRow && index + 1 < sentences.Count && sentences[index + 1].Block == sentence.Block)
                group.AddRange(sentences[index + 1].Quantities.Where(quantity => quantity.Form != QuantityForm.Name)
                    .Select(quantity => (sentences[index + 1], quantity)));
            if (group.Count > 1)
                yield return new NumberGroup(group);
        }

        if (!withNeighbours)
            yield break;
        foreach (var table in sentences.Where(sentence => sentence.IsRow).GroupBy(sentence => sentence.Block))
        {
            foreach (var column in table.SelectMany(row => row.Quantities.Where(q => q.Form != QuantityForm.Name)
                .Select(quantity => (Row: row, Quantity: quantity, Column: TableColumns.Of(row.Plain, quantity.Start))))
                .GroupBy(cell => cell.Column))
            {
                if (column.Select(cell => (cell.Row, cell.Quantity)).ToList() is { Count: > 1 } cells)
                    yield return new NumberGroup(cells);
            }
        }
    }
}
