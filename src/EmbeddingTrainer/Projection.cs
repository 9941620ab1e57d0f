namespace Denoised.EmbeddingTrainer;

/// <summary>Projects paper vectors onto principal components: 384 to 64 dimensions, mean-centred, normalized to length 1.</summary>
internal sealed class Projection
{
    public const int Dimensions = 64;

    private const int Iterations = 40;

    private readonly double[] mean = new double[TeacherModel.Dimensions];
    private readonly double[][] axes;

    /// <summary>Computes the axes by orthogonal iteration on the covariance matrix. Deterministic: the starting vectors use a fixed seed.</summary>
    public Projection(IReadOnlyList<float[]> vectors)
    {
        foreach (var vector in vectors)
            for (var i = 0; i < mean.Length; i++)
                mean[i] += vector[i] / (double)vectors.Count;

        var covariance = Covariance(vectors);
        var random = new Random(1);
        axes = [.. Enumerable.Range(0, Dimensions).Select(_ => mean.Select(_ => random.NextDouble() - 0.5).ToArray())];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            for (var axis = 0; axis < Dimensions; axis++)
                axes[axis] = [.. covariance.Select(row => Dot(row, axes[axis]))];
            Orthonormalize();
        }
    }

    /// <summary>Projects a vector. <paramref name="center"/> replaces the mean of the papers if given.</summary>
    public float[] Project(float[] vector, double[]? center = null)
    {
        center ??= mean;
        double[] centred = [.. vector.Select((value, i) => value - center[i])];
        double[] projected = [.. axes.Select(axis => Dot(axis, centred))];
        var norm = Math.Sqrt(Dot(projected, projected));
        return [.. projected.Select(value => (float)(value / Math.Max(norm, 1e-9)))];
    }

    /// <summary>Centres a vector on the mean and normalizes it, in all dimensions.</summary>
    public float[] Center(float[] vector)
    {
        double[] centred = [.. vector.Select((value, i) => value - mean[i])];
        var norm = Math.Sqrt(Dot(centred, centred));
        return [.. centred.Select(value => (float)(value / norm))];
    }

    private double[][] Covariance(IReadOnlyList<float[]> vectors)
    {
        double[][] covariance = [.. mean.Select(_ => new double[mean.Length])];
        var centred = new double[mean.Length];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < centred.Length; i++)
                centred[i] = vector[i] - mean[i];
            for (var i = 0; i < centred.Length; i++)
                for (var j = 0; j < centred.Length; j++)
                    covariance[i][j] += centred[i] * centred[j];
        }

        return covariance;
    }

    private void Orthonormalize()
    {
        for (var axis = 0; axis < Dimensions; axis++)
        {
            for (var earlier = 0; earlier < axis; earlier++)
            {
                var overlap = Dot(axes[axis], axes[earlier]);
                for (var i = 0; i < mean.Length; i++)
                    axes[axis][i] -= overlap * axes[earlier][i];
            }

            var norm = Math.Sqrt(Dot(axes[axis], axes[axis]));
            for (var i = 0; i < mean.Length; i++)
                axes[axis][i] /= norm;
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
