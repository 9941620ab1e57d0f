namespace Denoised.Grounding.Numbers;

/// <summary>Reads the units of ranges and lists, whose last member usually has the only unit.</summary>
/// <param name="text">The text.</param>
/// <param name="units">Reads the units in the text.</param>
/// <param name="isSource">Whether the text is a paper, which keeps every reading of a number.</param>
internal sealed class RangeReader(NumberText text, UnitReader units, bool isSource)
{
    /// <summary>Applies the unit of the last member of a range or list to the others: "3 to 5 ms", "71.2 and 74.8%".</summary>
    public void Apply(List<Quantity> found)
    {
        var places = new List<int>();
        for (var index = 0; index < found.Count; index++)
        {
            if (found[index].Form is QuantityForm.Figures or QuantityForm.Words)
                places.Add(index);
        }

        if (isSource)
        {
            foreach (var place in places)
            {
                var last = found[place];
                if (last.Dimension == Dimension.None && BehindBracket(last.End) is var behind && behind > last.End
                    && units.Read(behind) is { IsPartOfName: false, Dimension: not Dimension.None } listed)
                {
                    found.Add(last with
                    {
                        Value = last.Value * listed.Factor,
                        Step = last.Step * listed.Factor,
                        Dimension = listed.Dimension,
                        Form = QuantityForm.Reading,
                    });
                }
            }
        }

        (Dimension Dimension, double Factor)? unit = null;
        for (var place = places.Count - 2; place >= 0; place--)
        {
            var (current, next) = (found[places[place]], found[places[place + 1]]);
            var own = units.Read(BehindBracket(EndOfFigures(next)));
            if (!own.IsPartOfName && (own.Dimension != Dimension.None || own.Factor != 1))
                unit = (own.Dimension, own.Factor);
            var between = text.AsSpan(current.End, Math.Max(0, next.Start - current.End));
            if (next.Value < 0 && between.Trim().Length > 1)
                between = between.TrimEnd().TrimEnd('-');
            if (current.Dimension != Dimension.None || !IsJoint(between))
                unit = null;
            if (unit is not var (dimension, factor))
                continue;
            if (!isSource)
                found[places[place]] = current with { Inherited = (dimension, factor) };
            else
                found.Add(current with { Value = current.Value * factor, Step = current.Step * factor, Dimension = dimension, Form = QuantityForm.Reading });
        }
    }

    /// <summary>Skips a closing bracket before the unit of a list: "[-3.05, -2.35] cm".</summary>
    private int BehindBracket(int i) => isSource && text.At(i) is ']' or ')' ? i + 1 : i;

    private int EndOfFigures(Quantity quantity)
    {
        var i = quantity.Start;
        while (i < quantity.End && (char.IsAsciiDigit(text[i]) || text[i] is '.' or ','))
            i++;
        return i;
    }

    private static bool IsJoint(ReadOnlySpan<char> between) =>
        between.Trim() is "-" or "to" or "and" or "or" or "," or "/" or "~" or "vs" or "vs." or "→" or ", and" or "±" or "through" or "versus"
        or "from";
}
