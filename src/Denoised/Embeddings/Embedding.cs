using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Denoised.Embeddings;

/// <summary>
/// The topic of a text as a direction in 64 dimensions: one signed byte each, normalised to length 127 up to rounding. All zero if the text has no
/// known word.
/// </summary>
public sealed class Embedding
{
    /// <summary>The number of components, and of bytes.</summary>
    public const int Dimensions = 64;

    private const double Length = 127;

    private readonly sbyte[] components = new sbyte[Dimensions];
    private readonly double norm;

    /// <summary>Normalises a sum of vectors.</summary>
    internal Embedding(ReadOnlySpan<int> sum)
    {
        double square = 0;
        foreach (var component in sum)
            square += (double)component * component;
        if (square == 0)
            return;
        var factor = Length / Math.Sqrt(square);
        for (var i = 0; i < Dimensions; i++)
            components[i] = (sbyte)Math.Floor((sum[i] * factor) + 0.5);
        norm = Math.Sqrt(Dot(components, components));
    }

    /// <summary>Restores a stored embedding.</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="bytes"/> is not <see cref="Dimensions"/>.</exception>
    public Embedding(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Dimensions)
            throw new ArgumentException($"An embedding has {Dimensions} bytes, not {bytes.Length}.", nameof(bytes));
        MemoryMarshal.Cast<byte, sbyte>(bytes).CopyTo(components);
        norm = Math.Sqrt(Dot(components, components));
    }

    /// <summary>The components, from -127 to 127.</summary>
    public ReadOnlySpan<sbyte> Components => components;

    /// <summary>The components in stored form (two's complement).</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<sbyte>(components);

    /// <summary>Whether the text had no known word. Its similarity to every text is 0.</summary>
    public bool IsEmpty => norm == 0;

    /// <summary>The cosine similarity: 1 for the same direction, about 0 for unrelated texts, at least -1.</summary>
    public double Similarity(Embedding other) =>
        IsEmpty || other.IsEmpty ? 0 : Math.Clamp(Dot(components, other.components) / (norm * other.norm), -1, 1);

    /// <summary>The direction of the sum of embeddings; empty if there are none.</summary>
    public static Embedding Mean(IEnumerable<Embedding> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var sum = new int[Dimensions];
        foreach (var embedding in embeddings)
        {
            for (var i = 0; i < Dimensions; i++)
                sum[i] += embedding.components[i];
        }

        return new Embedding(sum);
    }

    // Sixteen components at a time: checks, related papers and search compare a text with thousands of others. A product of two bytes fits a short.
    private static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var sum = Vector128<int>.Zero;
        for (var at = 0; at < Dimensions; at += Vector128<sbyte>.Count)
        {
            var (leftLower, leftUpper) = Vector128.Widen(Vector128.Create(left[at..]));
            var (rightLower, rightUpper) = Vector128.Widen(Vector128.Create(right[at..]));
            var (lower, lowerRest) = Vector128.Widen(leftLower * rightLower);
            var (upper, upperRest) = Vector128.Widen(leftUpper * rightUpper);
            sum += lower + lowerRest + upper + upperRest;
        }

        return Vector128.Sum(sum);
    }
}
