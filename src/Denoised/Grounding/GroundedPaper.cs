using Denoised.Embeddings;

namespace Denoised.Grounding;

/// <summary>A paper as sentences are checked against it: its index, and the embedding of each of its sentences. One per paper; not thread-safe.</summary>
internal sealed class GroundedPaper(SourceIndex source)
{
    private const int AbstractBlock = -2;

    // A longer sentence says no more of its subject, and a hostile text may be one sentence.
    private const int MaxEmbeddedCharacters = 2_000;

    private readonly Embedding?[] embeddings = new Embedding?[source.Sentences.Count];

    // The sentences that each stem stands in.
    private readonly Lazy<ILookup<int, int>> places = new(() => source.Sentences.SelectMany((sentence, index) => sentence.Stems.Select(stem => (stem, index))).ToLookup(place => place.stem, place => place.index));
    private readonly int[] counts = new int[source.Sentences.Count];

    /// <summary>The paper's sentences, numbers, names and stems.</summary>
    public SourceIndex Source => source;

    /// <summary>How many sentences it has.</summary>
    public int Count => embeddings.Length;

    /// <summary>The embedding of one sentence; computed at first use.</summary>
    public Embedding EmbeddingOf(int index) => embeddings[index] ??= Embed(source.Sentences[index].Plain);

    /// <summary>How many of the stems that sentence of the paper has that has most of them, the evidence left out.</summary>
    public int MostShared(IEnumerable<int> stems, EvidencePassage except)
    {
        Array.Clear(counts);
        var most = 0;
        foreach (var index in stems.SelectMany(stem => places.Value[stem]))
        {
            if (!except.Contains(index))
                most = Math.Max(most, ++counts[index]);
        }

        return most;
    }

    /// <summary>How many of the stems stand in any sentence, the evidence left out.</summary>
    public int SharedElsewhere(IEnumerable<int> stems, EvidencePassage except) =>
        stems.Count(stem => places.Value[stem].Any(index => !except.Contains(index)));

    /// <summary>The greatest similarity of an embedding to a sentence, the evidence left out; 0 where there is none.</summary>
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

    /// <summary>The embedding of title and abstract without the evidence.</summary>
    public Embedding SubjectWithout(EvidencePassage except)
    {
        var sentences = source.Sentences.Where((sentence, index) => sentence.Block is < 0 and >= AbstractBlock && !except.Contains(index));
        return Embed(string.Join(". ", sentences.Select(sentence => sentence.Plain)));
    }

    /// <summary>A text's embedding; of a long text that of its start.</summary>
    public static Embedding Embed(string text) => EmbeddingModel.Shared.Embed(text.AsSpan(0, Math.Min(text.Length, MaxEmbeddedCharacters)));
}
