namespace Denoised.EmbeddingTrainer;

/// <summary>A text as entries, and the direction that its vector should have.</summary>
internal sealed record Example(int[] Entries, float[] Target);

/// <summary>Fits the vectors of entries by gradient descent (AdaGrad), so that the sum over a text points where its target does.</summary>
internal sealed class Fit
{
    private const int MaxEpochs = 40;
    private const int Patience = 2;

    private readonly float[][] vectors;
    private readonly float[][] squares;
    private readonly FitSettings settings;
    private readonly Random random = new(1);

    public Fit(float[][] vectors, FitSettings settings)
    {
        this.settings = settings;
        this.vectors = [.. vectors.Select(vector => (float[])vector.Clone())];
        squares = [.. vectors.Select(vector => new float[vector.Length])];
    }

    /// <summary>The vectors of the epoch that did best on <paramref name="heldOut"/>; ends after two epochs without progress.</summary>
    public float[][] Run(IReadOnlyList<Example> examples, IReadOnlyList<Example> heldOut, Action<string> log)
    {
        var order = examples.ToArray();
        var best = (Cosine: MeanCosine(vectors, heldOut), Epoch: 0, Vectors: Copy());
        log($"epoch 0: held-out cosine {best.Cosine:F4}");
        for (var epoch = 1; epoch <= MaxEpochs && epoch - best.Epoch <= Patience; epoch++)
        {
            random.Shuffle(order);
            foreach (var example in order)
                Step(example);
            var cosine = MeanCosine(vectors, heldOut);
            log($"epoch {epoch}: held-out cosine {cosine:F4}");
            if (cosine > best.Cosine)
                best = (cosine, epoch, Copy());
        }

        return best.Vectors;
    }

    public static double MeanCosine(float[][] vectors, IReadOnlyList<Example> examples) =>
        examples.Average(example => Cosine(Sum(vectors, example.Entries), example.Target));

    public static float[] Sum(float[][] vectors, ReadOnlySpan<int> entries)
    {
        var sum = new float[Projection.Dimensions];
        foreach (var entry in entries)
            for (var i = 0; i < sum.Length; i++)
                sum[i] += vectors[entry][i];
        return sum;
    }

    /// <summary>What is left of the target, a vector of length 1, in the part that the sum's direction does not explain.</summary>
    public static float[] Residual(float[] sum, float[] target)
    {
        var (norm, cosine) = (Norm(sum), Cosine(sum, target));
        return [.. target.Select((value, i) => value - ((float)cosine * sum[i] / (float)norm))];
    }

    private static double Cosine(float[] sum, float[] target)
    {
        double dot = 0;
        for (var i = 0; i < sum.Length; i++)
            dot += sum[i] * target[i];
        return dot / Norm(sum);
    }

    private static double Norm(float[] vector) => Math.Sqrt(vector.Sum(value => (double)value * value) + 1e-12);

    /// <summary>One step, on a random part of the entries: no entry may rely on the others being there.</summary>
    private void Step(Example example)
    {
        var kept = Array.FindAll(example.Entries, _ => random.NextDouble() >= settings.Dropout);
        if (kept.Length == 0)
            return;
        var residual = Residual(Sum(vectors, kept), example.Target);
        foreach (var entry in kept)
        {
            var (vector, square) = (vectors[entry], squares[entry]);
            for (var i = 0; i < residual.Length; i++)
            {
                square[i] += residual[i] * residual[i];
                vector[i] += settings.LearningRate * residual[i] / MathF.Sqrt(square[i] + settings.Damping);
            }
        }
    }

    private float[][] Copy() => [.. vectors.Select(vector => (float[])vector.Clone())];
}

/// <summary>How the vectors are fitted; the values were chosen on the held-out part.</summary>
internal sealed record FitSettings(float LearningRate = 0.05f, float Damping = 0.05f, double Dropout = 0.2);
