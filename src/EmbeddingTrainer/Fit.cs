using System.Numerics;
using System.Runtime.InteropServices;

namespace Denoised.EmbeddingTrainer;

/// <summary>A text as entries, with the target direction of its vector.</summary>
internal sealed record Example(int[] Entries, float[] Target);

/// <summary>
/// Fits entry vectors by gradient descent (AdaGrad): the sum over a text's entries approximates the direction of its target.
/// The result averages the vectors at the ends of all epochs from the second on, which generalizes better than the vectors of the last epoch.
/// </summary>
internal sealed class Fit
{
    private const int MaxEpochs = 25;
    private const int Patience = 2;

    private readonly float[][] initial;
    private readonly float[][] vectors;
    private readonly float[][] squares;
    private readonly float[][] averages;
    private readonly FitSettings settings;
    private readonly Random random = new(1);

    public Fit(float[][] initial, FitSettings settings)
    {
        (this.initial, this.settings) = (initial, settings);
        vectors = Copy(initial);
        averages = Copy(initial);
        squares = [.. initial.Select(vector => new float[vector.Length])];
    }

    /// <summary>Returns the average with the best score on <paramref name="heldOut"/>. Stops after two epochs without improvement.</summary>
    public float[][] Run(IReadOnlyList<Example> examples, IReadOnlyList<Example> heldOut, Action<string> log)
    {
        var order = examples.ToArray();
        var best = (Cosine: MeanCosine(averages, heldOut), Epoch: 0, Vectors: initial);
        log($"epoch 0: held-out cosine {best.Cosine:F4}");
        for (var epoch = 1; epoch <= MaxEpochs && epoch - best.Epoch <= Patience; epoch++)
        {
            random.Shuffle(order);
            foreach (var example in order)
                Step(example);
            Average(Math.Max(1, epoch - 1));
            var cosine = MeanCosine(averages, heldOut);
            log($"epoch {epoch}: held-out cosine {cosine:F4}");
            if (cosine > best.Cosine)
                best = (cosine, epoch, Copy(averages));
        }

        return best.Vectors;
    }

    public static double MeanCosine(float[][] vectors, IReadOnlyList<Example> examples) =>
        examples.Average(example => Cosine(Sum(vectors, example.Entries), example.Target));

    public static float[] Sum(float[][] vectors, ReadOnlySpan<int> entries)
    {
        var sum = new float[Projection.Dimensions];
        var lanes = Lanes(sum);
        foreach (var entry in entries)
        {
            var vector = Lanes(vectors[entry]);
            for (var i = 0; i < lanes.Length; i++)
                lanes[i] += vector[i];
        }

        return sum;
    }

    /// <summary>Gets the component of a unit target vector that is orthogonal to the sum.</summary>
    public static float[] Residual(float[] sum, float[] target)
    {
        var factor = Dot(sum, target) / (Dot(sum, sum) + 1e-12f);
        return [.. target.Select((value, i) => value - (factor * sum[i]))];
    }

    private static double Cosine(float[] sum, float[] target) => Dot(sum, target) / Math.Sqrt(Dot(sum, sum) + 1e-12);

    private static float Dot(float[] left, float[] right)
    {
        var first = Lanes(left);
        var second = Lanes(right);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < first.Length; i++)
            sum += first[i] * second[i];
        return Vector.Sum(sum);
    }

    /// <summary>Takes one gradient step on a random subset of the entries (dropout).</summary>
    private void Step(Example example)
    {
        var kept = Array.FindAll(example.Entries, _ => random.NextDouble() >= settings.Dropout);
        if (kept.Length == 0)
            return;
        var residual = Lanes(Residual(Sum(vectors, kept), example.Target));
        foreach (var entry in kept)
        {
            var vector = Lanes(vectors[entry]);
            var square = Lanes(squares[entry]);
            var start = Lanes(initial[entry]);
            for (var i = 0; i < residual.Length; i++)
            {
                var gradient = residual[i] - (settings.Decay * (vector[i] - start[i]));
                square[i] += gradient * gradient;
                vector[i] += settings.LearningRate * gradient / Vector.SquareRoot(square[i] + new Vector<float>(settings.Damping));
            }
        }
    }

    /// <summary>Updates the running average, now over <paramref name="count"/> epochs.</summary>
    private void Average(int count)
    {
        for (var entry = 0; entry < vectors.Length; entry++)
            for (var i = 0; i < Projection.Dimensions; i++)
                averages[entry][i] += (vectors[entry][i] - averages[entry][i]) / count;
    }

    private static Span<Vector<float>> Lanes(float[] vector) => MemoryMarshal.Cast<float, Vector<float>>(vector.AsSpan());

    private static float[][] Copy(float[][] vectors) => [.. vectors.Select(vector => (float[])vector.Clone())];
}

/// <summary>Hyperparameters, selected on the held-out set.</summary>
internal sealed record FitSettings(float LearningRate = 0.05f, float Damping = 0.05f, double Dropout = 0.2, float Decay = 0);
