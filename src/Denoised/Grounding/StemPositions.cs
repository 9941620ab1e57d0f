using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>The positions in a draft's sentence of words that the paper also contains. Computed once for all lookups.</summary>
internal sealed class StemPositions
{
    private readonly List<(int At, int Stem)> all = [];
    private readonly List<(int At, int Stem)> first = [];

    /// <summary>Reads a sentence in plain text.</summary>
    public StemPositions(string plain, SourceIndex source)
    {
        var seen = new HashSet<int>();
        foreach (var (word, at) in ContentWords.PlacesOf(plain))
        {
            if (source.StemOf(word) is not { } stem)
                continue;
            all.Add((at, stem));
            if (seen.Add(stem))
                first.Add((at, stem));
        }
    }

    /// <summary>The last distinct stems that first occur before a position.</summary>
    public IEnumerable<int> Before(int place, int count)
    {
        var end = CountBefore(first, place);
        return first.GetRange(Math.Max(0, end - count), Math.Min(count, end)).Select(word => word.Stem);
    }

    /// <summary>The first distinct stems from a position on.</summary>
    public IEnumerable<int> From(int place, int count)
    {
        var stems = new HashSet<int>(count);
        for (var index = CountBefore(all, place); index < all.Count && stems.Count < count; index++)
            stems.Add(all[index].Stem);
        return stems;
    }

    private static int CountBefore(List<(int At, int Stem)> words, int place)
    {
        var found = words.BinarySearch((place, int.MinValue));
        return found < 0 ? ~found : found;
    }
}
