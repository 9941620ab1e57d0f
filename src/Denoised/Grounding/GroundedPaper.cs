using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Denoised.Embeddings;
using Denoised.Grounding.Names;

namespace Denoised.Grounding;

/// <summary>A paper as sentences are checked against it: its index, and the embedding of each of its sentences. One per paper; not thread-safe.</summary>
internal sealed class GroundedPaper(SourceIndex source)
{
    private const int AbstractBlock = -2;

    // A longer sentence says no more of its subject, and a hostile text may be one sentence.
    private const int MaxEmbeddedCharacters = 2_000;

    private readonly Embedding?[] embeddings = new Embedding?[source.Sentences.Count];
    private readonly double[] norms = new double[source.Sentences.Count];

    // The sentences that each stem stands in, by the stem's number.
    private readonly Lazy<int[][]> places = new(() => PlacesOf(source.Sentences));
    private readonly int[] counts = new int[source.Sentences.Count];
    private readonly Dictionary<int, NameLookup> namesOfBlocks = [];
    private readonly Lazy<Embedding> subject = new(() => Embed(string.Join(". ", source.Sentences.Where(IsOfSubject).Select(sentence => sentence.Plain))));

    /// <summary>The paper's sentences, numbers, names and stems.</summary>
    public SourceIndex Source => source;

    /// <summary>How many sentences it has.</summary>
    public int Count => embeddings.Length;

    /// <summary>The embedding of one sentence; computed at first use.</summary>
    public Embedding EmbeddingOf(int index)
    {
        if (embeddings[index] is { } known)
            return known;
        var embedding = Embed(source.Sentences[index].Plain);
        norms[index] = NormOf(embedding);
        return embeddings[index] = embedding;
    }

    /// <summary>How many of the stems that sentence of the paper has that has most of them, the evidence left out.</summary>
    public int MaxSharedStems(IEnumerable<int> stems, EvidencePassage except)
    {
        Array.Clear(counts);
        foreach (var stem in stems)
        {
            foreach (var index in places.Value[stem])
                counts[index]++;
        }

        foreach (var sentence in except.Sentences)
            counts[sentence.Index] = 0;
        return counts.Max();
    }

    /// <summary>How many of the stems stand in any sentence, the evidence left out.</summary>
    public int CountSharedElsewhere(IEnumerable<int> stems, EvidencePassage except) =>
        stems.Count(stem => Array.Exists(places.Value[stem], index => !except.Contains(index)));

    /// <summary>The greatest similarity of an embedding to a sentence, the evidence left out; 0 where there is none.</summary>
    public double NearestTo(Embedding embedding, EvidencePassage except)
    {
        var nearest = 0.0;
        for (var index = 0; index < Count; index++)
        {
            var other = EmbeddingOf(index);
            if (norms[index] > 0 && !except.Contains(index))
                nearest = Math.Max(nearest, Dot(embedding, other) / norms[index]);
        }

        return embedding.IsEmpty ? 0 : Math.Min(1, nearest / NormOf(embedding));
    }

    /// <summary>The embedding of title and abstract without the evidence.</summary>
    public Embedding EmbedSubjectExcept(EvidencePassage except) =>
        except.Sentences.Any(IsOfSubject)
            ? Embed(string.Join(". ", source.Sentences.Where(sentence => IsOfSubject(sentence) && !except.Contains(sentence.Index)).Select(sentence => sentence.Plain)))
            : subject.Value;

    /// <summary>The names of some sentences, of the title, and of the headings above a passage.</summary>
    public NameLookup NamesIn(IEnumerable<SourceSentence> sentences, IEnumerable<SourceSentence> passage) =>
        new([.. sentences.Select(sentence => sentence.Plain), .. source.Titles, .. passage.Select(sentence => source.PlaceOf(sentence).Section ?? "").Distinct(StringComparer.Ordinal)]);

    /// <summary>The names of a passage, the sentences around it and its paragraph.</summary>
    public NameLookup NamesAround(EvidencePassage passage)
    {
        // The neighbours of a sentence stand in its paragraph; a table's row has others.
        if (passage.IsRow || passage.Sentences.Any(sentence => sentence.Block != passage.Sentences[0].Block))
            return NamesIn(passage.Sentences.Concat(passage.Context).Concat(passage.Sentences.SelectMany(source.BlockOf)).Distinct(), passage.Sentences);
        ref var names = ref CollectionsMarshal.GetValueRefOrAddDefault(namesOfBlocks, passage.Sentences[0].Block, out _);
        return names ??= NamesIn(source.BlockOf(passage.Sentences[0]), passage.Sentences);
    }

    /// <summary>A text's embedding; of a long text that of its start.</summary>
    public static Embedding Embed(string text) => EmbeddingModel.Shared.Embed(text.AsSpan(0, Math.Min(text.Length, MaxEmbeddedCharacters)));

    private static double NormOf(Embedding embedding) => Math.Sqrt(Dot(embedding, embedding));

    // Sixteen components at once: a summary is compared with every sentence of a paper.
    private static int Dot(Embedding one, Embedding other)
    {
        var sum = Vector128<int>.Zero;
        for (var at = 0; at < Embedding.Dimensions; at += Vector128<sbyte>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(one.Components[at..]));
            var (otherLower, otherUpper) = Vector128.Widen(Vector128.Create(other.Components[at..]));
            var (low, high) = Vector128.Widen(lower * otherLower);
            var (otherLow, otherHigh) = Vector128.Widen(upper * otherUpper);
            sum += low + high + otherLow + otherHigh;
        }

        return Vector128.Sum(sum);
    }

    private static bool IsOfSubject(SourceSentence sentence) => sentence.Block is < 0 and >= AbstractBlock;

    private static int[][] PlacesOf(IReadOnlyList<SourceSentence> sentences)
    {
        List<int>[] found = [.. Enumerable.Range(0, 1 + sentences.SelectMany(sentence => sentence.Stems).DefaultIfEmpty(-1).Max()).Select(_ => new List<int>())];
        foreach (var sentence in sentences)
        {
            foreach (var stem in sentence.Stems)
                found[stem].Add(sentence.Index);
        }

        return [.. found.Select(static ofStem => ofStem.ToArray())];
    }
}
