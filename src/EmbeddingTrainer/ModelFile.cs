using System.Text;
using Denoised.Embeddings;

namespace Denoised.EmbeddingTrainer;

/// <summary>Writes the format that <see cref="EmbeddingModel.Read"/> reads; see docs/embedding-model.md.</summary>
internal static class ModelFile
{
    /// <summary>The fraction of components within the quantization range; outliers are clipped.</summary>
    private const double Range = 0.99999;

    public static byte[] Write(Entries entries, float[][] vectors)
    {
        var magnitudes = vectors.SelectMany(vector => vector).Select(Math.Abs).Order().ToArray();
        var unit = magnitudes[(int)(Range * (magnitudes.Length - 1))] / (sbyte.MaxValue * byte.MaxValue);

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var text = Encoding.ASCII.GetBytes(string.Concat(entries.Words.Select(word => word + "\n")));
        writer.Write(EmbeddingModel.Signature);
        writer.Write(entries.Words.Count);
        writer.Write(entries.Pairs.Count);
        writer.Write(text.Length);
        writer.Write(text);
        foreach (var (first, second) in entries.Pairs)
        {
            writer.Write((ushort)first);
            writer.Write((ushort)second);
        }

        byte[] weights = [.. vectors.Select(vector => (byte)Math.Clamp(Math.Ceiling(vector.Max(Math.Abs) / (sbyte.MaxValue * unit)), 1, byte.MaxValue))];
        writer.Write(weights);
        for (var entry = 0; entry < vectors.Length; entry++)
            foreach (var component in vectors[entry])
                writer.Write((sbyte)Math.Clamp(Math.Round(component / (unit * weights[entry])), -sbyte.MaxValue, sbyte.MaxValue));
        writer.Flush();
        return file.ToArray();
    }
}
