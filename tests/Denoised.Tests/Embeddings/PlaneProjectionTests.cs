using CsCheck;
using Denoised.Embeddings;

namespace Denoised.Tests.Embeddings;

public sealed class PlaneProjectionTests
{
    private static readonly string[] subjects =
    [
        "robot arm grasping with imitation learning",
        "graph neural network for molecules and drug discovery",
        "speech recognition and emotional speech synthesis",
        "federated learning with differential privacy in hospitals",
        "time series forecasting of electricity demand",
        "quantization of large language models on phones",
        "causal inference from observational data",
        "text-to-image generation with diffusion",
        "segmentation of tumours in medical images",
        "convergence of stochastic gradient descent",
        "jailbreaks and safety of chat assistants",
        "multi-armed bandits and regret bounds",
    ];

    private static readonly string[] variations =
    [
        "a benchmark", "a survey", "better sampling", "robustness", "fewer labels",
    ];

    [Fact]
    public void The_nearest_text_in_the_plane_is_on_the_same_subject()
    {
        var texts = subjects.SelectMany(subject => variations.Select(variation => EmbeddingModel.Shared.Embed($"{subject}: {variation}"))).ToList();

        var points = PlaneProjection.Project(texts);

        var same = points.Index().Count(point => NearestTo(point.Index) / variations.Length == point.Index / variations.Length);
        Assert.InRange(same, 54, 60);

        int NearestTo(int place) => Enumerable.Range(0, points.Count)
            .Where(other => other != place)
            .MinBy(other => Math.Pow(points[other].X - points[place].X, 2) + Math.Pow(points[other].Y - points[place].Y, 2));
    }

    [Fact]
    public void Any_texts_have_the_same_positions_each_time_within_the_plane() =>
        Gen.OneOf(Gen.OneOf(subjects), Gen.OneOf(variations), Gen.Const(""), Gen.String[0, 20]).Array[0, 30].Sample(texts =>
        {
            var embeddings = Array.ConvertAll(texts, text => EmbeddingModel.Shared.Embed(text));
            var points = PlaneProjection.Project(embeddings);
            return points.Count == texts.Length
                && points.All(point => point.X is >= 0 and <= 1 && point.Y is >= 0 and <= 1)
                && points.SequenceEqual(PlaneProjection.Project(embeddings));
        }, iter: 100);
}
