namespace Denoised.Summaries.Checks;

/// <summary>Where the words of a draft's sentence stand that stand in the paper, too: read once for all that is looked for around a place.</summary>
internal sealed class WordPlaces
{
    private readonly List<(int At, int Stem)> all = [];
    private readonly List<(int At, int Stem)> first = [];

    /// <summary>Reads a sentence in plain text.</summary>
    public WordPlaces(string plain, SourceIndex source)
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

    /// <summary>Of the different stems before a place, the last that are new there.</summary>
    public IEnumerable<int> Before(int place, int count)
    {
        var end = CountBefore(first, place);
        return first.GetRange(Math.Max(0, end - count), Math.Min(count, end)).Select(word => word.Stem);
    }

    /// <summary>The first different stems from a place on.</summary>
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
