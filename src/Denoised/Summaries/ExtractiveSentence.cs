using Denoised.Domain;
using Denoised.Embeddings;

namespace Denoised.Summaries;

/// <summary>A sentence of an abstract, with the features that the extractive summarizer uses.</summary>
internal sealed record ExtractiveSentence
{
    private const double MinSectionProbability = 0.6;

    /// <summary>The sentence, verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>The zero-based index in the abstract.</summary>
    public required int Index { get; init; }

    /// <summary>The number of words, separated by white space.</summary>
    public required int Words { get; init; }

    /// <summary>The probability of each role, in the order of <see cref="SentenceRole"/>.</summary>
    public required double[] Roles { get; init; }

    /// <summary>The embedding of the sentence.</summary>
    public required Embedding Embedding { get; init; }

    /// <summary>The similarity to the whole paper, relative to the other sentences of the abstract: 1 for the highest, at least 0.</summary>
    public required double Centrality { get; init; }

    /// <summary>The most probable role.</summary>
    public SentenceRole Role => (SentenceRole)Array.IndexOf(Roles, Roles.Max());

    /// <summary>The probability of a role.</summary>
    public double this[SentenceRole role] => Roles[(int)role];

    /// <summary>Whether the probability of a role is high enough for a section of the summary.</summary>
    public bool Is(SentenceRole role) => this[role] >= MinSectionProbability;

    /// <summary>Reads the sentences of an abstract, in order.</summary>
    /// <param name="title">The title of the paper.</param>
    /// <param name="sentences">The sentences of the abstract.</param>
    public static List<ExtractiveSentence> Read(string title, IReadOnlyList<string> sentences)
    {
        var paper = EmbeddingModel.Shared.Embed($"{title}. {string.Join(' ', sentences)}");
        var embeddings = sentences.Select(sentence => EmbeddingModel.Shared.Embed(sentence)).ToList();
        var similarities = embeddings.ConvertAll(embedding => Math.Max(0, embedding.Similarity(paper)));
        var highest = similarities.DefaultIfEmpty(0).Max();
        var read = new List<ExtractiveSentence>(sentences.Count);
        var roles = RoleModel.Shared.Probabilities(sentences);
        SentenceRole? heading = null;
        foreach (var (index, sentence) in sentences.Index())
        {
            var own = StructuredAbstract.Heading(sentence);
            heading = own?.Role ?? heading;
            read.Add(new ExtractiveSentence
            {
                Text = sentence,
                Index = index,
                Words = WordRange.Count(sentence),
                Roles = heading is { } known ? Certain(known) : roles[index],
                Embedding = embeddings[index],
                Centrality = highest > 0 ? similarities[index] / highest : 0,
            });
        }

        return read;
    }

    private static double[] Certain(SentenceRole role)
    {
        var probabilities = new double[RoleModel.RoleCount];
        probabilities[(int)role] = 1;
        return probabilities;
    }
}
