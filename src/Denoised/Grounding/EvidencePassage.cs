using Denoised.Embeddings;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>The sentences of a paper that a claim rests on, with the sentences around them.</summary>
internal sealed class EvidencePassage
{
    private readonly Lazy<NameLookup> names;
    private readonly Lazy<NameLookup> ownNames;
    private readonly Lazy<Embedding> subject;
    private readonly Lazy<TopicFeatures> topic;

    /// <summary>Reads a passage.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="own">Its sentences, at least one; they need not stand side by side.</param>
    public EvidencePassage(GroundedPaper paper, params IReadOnlyList<SourceSentence> own)
    {
        (Paper, Own) = (paper, own);
        var source = paper.Source;
        Around = [.. Own.SelectMany(sentence => sentence.Around).Distinct().Select(index => source.Sentences[index]).Except(Own)];
        Text = string.Join(' ', Own.Select(sentence => sentence.Plain));
        Tokens = new TokenizedText(Text);
        var near = string.Join(' ', Own.Concat(Around).Select(sentence => sentence.Plain));
        TokensAround = new TokenizedText(near);
        Embedding = GroundedPaper.Embed(Text);
        EmbeddingAround = GroundedPaper.Embed(near);
        Numbers = new NumberPlaces(Own);
        NumbersAround = new NumberPlaces([.. Own, .. Around]);
        string[] titles = [.. source.Titles, .. Own.Select(sentence => source.PlaceOf(sentence).Section ?? "").Distinct(StringComparer.Ordinal)];
        names = new(() => new NameLookup([.. Own.Concat(Around).Concat(Own.SelectMany(source.BlockOf)).Distinct().Select(sentence => sentence.Plain), .. titles]));
        subject = new(() => paper.SubjectWithout(this));
        topic = new(() => TopicCheck.Measure(this));
        ownNames = new(() => new NameLookup([.. Own.Concat(IsRow ? Around.Where(sentence => !sentence.IsRow) : []).Select(sentence => sentence.Plain), .. titles]));
    }

    /// <summary>The paper that the passage belongs to.</summary>
    public GroundedPaper Paper { get; }

    /// <summary>Its sentences.</summary>
    public IReadOnlyList<SourceSentence> Own { get; }

    /// <summary>The sentences beside them; of a table's row, its head, caption and the rows above.</summary>
    public IReadOnlyList<SourceSentence> Around { get; }

    /// <summary>Its sentences as one text.</summary>
    public string Text { get; }

    /// <summary>The tokens of <see cref="Text"/>.</summary>
    public TokenizedText Tokens { get; }

    /// <summary>The tokens of its sentences and of those around them.</summary>
    public TokenizedText TokensAround { get; }

    /// <summary>The embedding of <see cref="Text"/>.</summary>
    public Embedding Embedding { get; }

    /// <summary>The embedding of its sentences with those around them.</summary>
    public Embedding EmbeddingAround { get; }

    /// <summary>The numbers of its sentences.</summary>
    public NumberPlaces Numbers { get; }

    /// <summary>The numbers of its sentences and of those around them.</summary>
    public NumberPlaces NumbersAround { get; }

    /// <summary>Names of the passage, its paragraph, the title and the heading.</summary>
    public NameLookup Names => names.Value;

    /// <summary>Names of the passage and of what explains it: no other row of its table, no other part of its paragraph.</summary>
    public NameLookup OwnNames => ownNames.Value;

    /// <summary>The embedding of title and abstract without the passage.</summary>
    public Embedding Subject => subject.Value;

    /// <summary>How much it belongs to the paper.</summary>
    public TopicFeatures Topic => topic.Value;

    /// <summary>Whether it is a row of a table.</summary>
    public bool IsRow => Own.Any(sentence => sentence.IsRow);

    /// <summary>Whether a sentence of the paper is one of its own.</summary>
    public bool Contains(int index) => Own.Any(sentence => sentence.Index == index);
}
