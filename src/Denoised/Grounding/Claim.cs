using Denoised.Embeddings;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>A sentence of a summary, analysed once for all checks.</summary>
internal sealed class Claim
{
    /// <summary>Analyses a sentence.</summary>
    public Claim(string sentence, GroundedPaper paper)
    {
        Sentence = sentence;
        Plain = PlainText.Of(sentence);
        Tokens = new TokenizedText(Plain);
        Embedding = GroundedPaper.Embed(Plain);
        Numbered = new NumberedSentence(Plain, paper.Source);
        Stems = [.. ContentWords.Of(Plain).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The sentence as written.</summary>
    public string Sentence { get; }

    /// <summary>The sentence in plain text.</summary>
    public string Plain { get; }

    /// <summary>The tokens of <see cref="Plain"/>.</summary>
    public TokenizedText Tokens { get; }

    /// <summary>The embedding of the sentence.</summary>
    public Embedding Embedding { get; }

    /// <summary>The numbers in the sentence.</summary>
    public NumberedSentence Numbered { get; }

    /// <summary>The distinct stems of the content words.</summary>
    public IReadOnlyList<string> Stems { get; }
}
