using Denoised.Embeddings;
using Denoised.Grounding.Claims;
using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>The sentences of a paper that a claim cites, with their context.</summary>
internal sealed class EvidencePassage
{
    private readonly int[] indexes;
    private TopicFeatures? topic;
    private ulong? ranks;

    /// <summary>Creates a passage.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="own">The cited sentences, at least one. They need not be adjacent.</param>
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

    /// <summary>The cited sentences.</summary>
    public IReadOnlyList<SourceSentence> Sentences { get; }

    /// <summary>The adjacent sentences; for a table row its header, its caption and the rows above.</summary>
    public IReadOnlyList<SourceSentence> Context { get; }

    /// <summary>The cited sentences as one text.</summary>
    public string Text { get; }

    /// <summary>The negations and comparisons of the cited sentences.</summary>
    public PolarizedText Polarity => field ??= new PolarizedText(new TokenizedText(Text));

    /// <summary>The embedding of <see cref="Text"/>.</summary>
    public Embedding Embedding { get; }

    /// <summary>The embedding of the cited sentences with their context.</summary>
    public Embedding EmbeddingWithContext => field ??= GroundedPaper.Embed(string.Join(' ', Sentences.Concat(Context).Select(sentence => sentence.Plain)));

    /// <summary>The ranks that the cited sentences support; for a table row also those of its context (<see cref="SuperlativeCheck"/>).</summary>
    public ulong Ranks =>
        ranks ??= SuperlativeCheck.RanksIn(new TokenizedText(string.Join(
            ' ', Sentences.Concat(IsRow ? Context : []).Select(sentence => sentence.Plain))));

    /// <summary>The numbers of the cited sentences.</summary>
    public NumberPlaces Numbers { get; }

    /// <summary>The numbers of the cited sentences and their context.</summary>
    public NumberPlaces NumbersWithContext => field ??= new NumberPlaces([.. Sentences, .. Context]);

    /// <summary>The names in the passage, its paragraph, the title and the heading.</summary>
    public NameLookup Names => field ??= Paper.NamesAround(this);

    /// <summary>The names in the passage and its direct context, without other rows of its table or other parts of its paragraph.</summary>
    public NameLookup SentenceNames => field ??= Paper.NamesIn(Sentences.Concat(IsRow ? Context.Where(sentence => !sentence.IsRow) : []), Sentences);

    /// <summary>The embedding of title and abstract, without the passage.</summary>
    public Embedding Subject => field ??= Paper.EmbedSubjectExcept(this);

    /// <summary>The similarity of the passage to the paper.</summary>
    public TopicFeatures Topic => topic ??= TopicCheck.Measure(this);

    /// <summary>Whether the passage is a table row.</summary>
    public bool IsRow => Sentences.Any(sentence => sentence.IsRow);

    /// <summary>Whether the passage contains a sentence of the paper.</summary>
    public bool Contains(int index) => indexes.AsSpan().Contains(index);
}
