using Denoised.Embeddings;
using Denoised.Overviews;

namespace Denoised.Tests.Overviews;

/// <summary>Clusters of invented titles and their names.</summary>
public sealed class ThemeClustersTests
{
    private static readonly IReadOnlyList<string> titles =
    [
        "Federated learning of ferry timetables with clients that keep their data private",
        "A novel method for protein structure prediction from lakes of sequences",
        "Federated learning for clients that leave: private aggregation on a server",
        "Protein structure prediction with amino acid sequences and a folding clock",
        "Personalized federated learning across clients with differential privacy",
        "Predicting protein folding and structure from amino acid sequences of moss",
        "Federated learning with compressed client updates and private data",
        "A teapot",
    ];

    private static readonly List<ThemeClusters.Cluster> clusters = [.. ThemeClusters.Find([.. titles.Select(title => EmbeddingModel.Shared.Embed(title))])];

    [Fact]
    public void Papers_on_the_same_subject_form_a_cluster_and_a_single_paper_none() =>
        Assert.Equal([[0, 2, 4, 6], [1, 3, 5]], clusters.Select(cluster => cluster.Papers.Order().ToArray()));

    [Fact]
    public void The_name_of_a_cluster_is_its_most_distinctive_term()
    {
        var terms = titles.Select(EmbeddingModel.Shared.Terms).ToList();
        var themeTerms = new ThemeTerms(terms);

        Assert.Equal(["federated learning", "protein"], clusters.Select(cluster => themeTerms.Rank([.. cluster.Papers.Select(paper => terms[paper])], cluster.Centre).First()));
    }

    [Fact]
    public void Two_papers_do_not_form_a_cluster() =>
        Assert.Empty(ThemeClusters.Find([.. titles.Take(3).Select(title => EmbeddingModel.Shared.Embed(title))]));
}
