using Denoised.Embeddings;
using Denoised.Grounding.Claims;
using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>The sentences of a paper that a claim rests on, with the sentences around them.</summary>
internal sealed class EvidencePassage
{
    private readonly int[] indexes;
    private TopicFeatures? topic;
    private ulong? ranks;

    /// <summary>Reads a passage.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="own">Its sentences, at least one; they need not stand side by side.</param>
    public EvidencePassage(GroundedPaper paper, params IReadOnlyList<SourceSentence> own)
    {
        (Paper, Sentences) = (paper, own);
        indexes = [.. own.Select(sentence => sentence.Index)];
        Context = [.. Sentences.SelectMany(sentence => sentence.Context).Distinct().Select(index => paper.Source.Sentences[index]).Except(Sentences)];
        Text = Sentences.Count == 1 ? Sentences[0].Plain : string.Join(' ', Sentences.Select(sentence => sentence.Plain));
        Embedding = Sentences.Count == 1 ? paper.EmbeddingOf(Sentences[0].Index) : GroundedPaper.Embed(Text);
        Numbers = new NumberPlaces(Sentences);
    }

    /// <summary>The paper that the passage belongs to.</summary>
    public GroundedPaper Paper { get; }

    /// <summary>Its sentences.</summary>
    public IReadOnlyList<SourceSentence> Sentences { get; }

    /// <summary>The sentences beside them; of a table's row, its head, caption and the rows above.</summary>
    public IReadOnlyList<SourceSentence> Context { get; }

    /// <summary>Its sentences as one text.</summary>
    public string Text { get; }

    /// <summary>What its sentences deny and compare.</summary>
    public PolarizedText Polarity => field ??= new PolarizedText(new TokenizedText(Text));

    /// <summary>The embedding of <see cref="Text"/>.</summary>
    public Embedding Embedding { get; }

    /// <summary>The embedding of its sentences with those around them.</summary>
    public Embedding EmbeddingWithContext => field ??= GroundedPaper.Embed(string.Join(' ', Sentences.Concat(Context).Select(sentence => sentence.Plain)));

    /// <summary>The ranks that its sentences back, of a table's row those around it too (<see cref="SuperlativeCheck"/>).</summary>
    public ulong Ranks => ranks ??= SuperlativeCheck.RanksIn(new TokenizedText(string.Join(' ', Sentences.Concat(IsRow ? Context : []).Select(sentence => sentence.Plain))));

    /// <summary>The numbers of its sentences.</summary>
    public NumberPlaces Numbers { get; }

    /// <summary>The numbers of its sentences and of those around them.</summary>
    public NumberPlaces NumbersWithContext => field ??= new NumberPlaces([.. Sentences, .. Context]);

    /// <summary>Names of the passage, its paragraph, the title and the heading.</summary>
    public NameLookup Names => field ??= Paper.NamesAround(this);

    /// <summary>Names of the passage and of what explains it: no other row of its table, no other part of its paragraph.</summary>
    public NameLookup SentenceNames => field ??= Paper.NamesIn(Sentences.Concat(IsRow ? Context.Where(sentence => !sentence.IsRow) : []), Sentences);

    /// <summary>The embedding of title and abstract without the passage.</summary>
    public Embedding Subject => field ??= Paper.EmbedSubjectExcept(this);

    /// <summary>How much it belongs to the paper.</summary>
    public TopicFeatures Topic => topic ??= TopicCheck.Measure(this);

    /// <summary>Whether it is a row of a table.</summary>
    public bool IsRow => Sentences.Any(sentence => sentence.IsRow);

    /// <summary>Whether a sentence of the paper is one of its own.</summary>
    public bool Contains(int index) => indexes.AsSpan().Contains(index);
}
