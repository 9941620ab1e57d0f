using System.Runtime.InteropServices;
using Denoised.Embeddings;
using Denoised.Grounding.Names;

namespace Denoised.Grounding;

/// <summary>A paper prepared for the checks: its index and the embedding of each sentence. One instance per paper; not thread-safe.</summary>
internal sealed class GroundedPaper(SourceIndex source)
{
    private const int AbstractBlock = -2;

    // Longer input adds little to an embedding, and a hostile text can consist of one sentence.
    private const int MaxEmbeddedCharacters = 2_000;

    private readonly Embedding?[] embeddings = new Embedding?[source.Sentences.Count];

    // The sentences that contain each stem, by the number of the stem.
    private readonly Lazy<int[][]> places = new(() => PlacesOf(source.Sentences));
    private readonly int[] counts = new int[source.Sentences.Count];
    private readonly Dictionary<int, NameLookup> namesOfBlocks = [];
    private readonly Lazy<Embedding> subject = new(() => Embed(string.Join(". ", source.Sentences.Where(IsOfSubject).Select(sentence => sentence.Plain))));

    /// <summary>The index of the paper's sentences, numbers, names and stems.</summary>
    public SourceIndex Source => source;

    /// <summary>The number of sentences.</summary>
    public int Count => embeddings.Length;

    /// <summary>The embedding of a sentence; computed on first use.</summary>
    public Embedding EmbeddingOf(int index) => embeddings[index] ??= Embed(source.Sentences[index].Plain);

    /// <summary>The maximum number of the given stems in one sentence of the paper, excluding the evidence.</summary>
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

    /// <summary>The number of the given stems that occur in any sentence, excluding the evidence.</summary>
    public int CountSharedElsewhere(IEnumerable<int> stems, EvidencePassage except) =>
        stems.Count(stem => Array.Exists(places.Value[stem], index => !except.Contains(index)));

    /// <summary>The maximum similarity of an embedding to a sentence, excluding the evidence; 0 if there is no other sentence.</summary>
    public double NearestTo(Embedding embedding, EvidencePassage except)
    {
        var nearest = 0.0;
        for (var index = 0; index < Count; index++)
        {
            if (!except.Contains(index))
                nearest = Math.Max(nearest, embedding.Similarity(EmbeddingOf(index)));
        }

        return nearest;
    }

    /// <summary>The embedding of title and abstract, excluding the evidence.</summary>
    public Embedding EmbedSubjectExcept(EvidencePassage except) =>
        except.Sentences.Any(IsOfSubject)
            ? Embed(string.Join(
                ". ",
                source.Sentences.Where(sentence => IsOfSubject(sentence) && !except.Contains(sentence.Index)).Select(sentence => sentence.Plain)))
            : subject.Value;

    /// <summary>The names in the given sentences, the title and the headings above a passage.</summary>
    public NameLookup NamesIn(IEnumerable<SourceSentence> sentences, IEnumerable<SourceSentence> passage) =>
        new([
            .. sentences.Select(sentence => sentence.Plain),
            .. source.Titles,
            .. passage.Select(sentence => source.PlaceOf(sentence).Section ?? "").Distinct(StringComparer.Ordinal)]);

    /// <summary>The names in a passage, its context and its paragraph.</summary>
    public NameLookup NamesAround(EvidencePassage passage)
    {
        // The neighbours of a sentence belong to its paragraph; a table row has other neighbours.
        if (passage.IsRow || passage.Sentences.Any(sentence => sentence.Block != passage.Sentences[0].Block))
            return NamesIn(passage.Sentences.Concat(passage.Context).Concat(passage.Sentences.SelectMany(source.BlockOf)).Distinct(), passage.Sentences);
        ref var names = ref CollectionsMarshal.GetValueRefOrAddDefault(namesOfBlocks, passage.Sentences[0].Block, out _);
        return names ??= NamesIn(source.BlockOf(passage.Sentences[0]), passage.Sentences);
    }

    /// <summary>The embedding of a text; for a long text the embedding of its start.</summary>
    public static Embedding Embed(string text) => EmbeddingModel.Shared.Embed(text.AsSpan(0, Math.Min(text.Length, MaxEmbeddedCharacters)));

    private static bool IsOfSubject(SourceSentence sentence) => sentence.Block is < 0 and >= AbstractBlock;

    private static int[][] PlacesOf(IReadOnlyList<SourceSentence> sentences)
    {
        List<int>[] found = [.. Enumerable.Range(0, 1 + sentences.SelectMany(sentence => sentence.Stems).DefaultIfEmpty(-1).Max())
            .Select(_ => new List<int>())];
        foreach (var sentence in sentences)
        {
            foreach (var stem in sentence.Stems)
                found[stem].Add(sentence.Index);
        }

        return [.. found.Select(static ofStem => ofStem.ToArray())];
    }
}
