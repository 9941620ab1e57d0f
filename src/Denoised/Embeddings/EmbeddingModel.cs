using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Denoised.Embeddings;

/// <summary>
/// The embedded model: a table of words and word pairs, each with a vector whose length is its weight. The embedding of a text is the direction of
/// their sum. Sums are integers and the norm is a double summed in a fixed order, so every machine and the page compute the same bytes.
/// docs/embedding-model.md describes the file format and the training.
/// </summary>
public sealed class EmbeddingModel
{
    internal const uint Signature = 0x314D4544; // "DEM1"
    internal const int HeaderLength = 16;

    /// <summary>
    /// The minimum weight of a meaningful word. Function words and words common to all abstracts ("novel", "propose") weigh less; "time", "graph"
    /// and "diffusion" weigh 66, 192 and 229.
    /// </summary>
    internal const byte MinTermWeight = 50;

    private static readonly Lazy<EmbeddingModel> shared = new(ReadResource);

    private readonly Vocabulary vocabulary;
    private readonly byte[] weights;
    private readonly sbyte[] vectors;

    private EmbeddingModel(Vocabulary vocabulary, byte[] weights, sbyte[] vectors) =>
        (this.vocabulary, this.weights, this.vectors) = (vocabulary, weights, vectors);

    /// <summary>The model embedded in this assembly, loaded on first use.</summary>
    public static EmbeddingModel Shared => shared.Value;

    /// <summary>The number of words and pairs.</summary>
    internal int Count => vocabulary.Count;

    /// <summary>
    /// Embeds a text: title, sentence, abstract or query, with or without TeX. Ignores case, white space and punctuation, except that punctuation
    /// separates pairs. Reads the first 65,000 characters.
    /// </summary>
    public Embedding Embed(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxWordLength];
        Span<int> sum = stackalloc int[Embedding.Dimensions];
        sum.Clear();
        foreach (var entry in vocabulary.Read(text, buffer))
            Add(vectors.AsSpan(entry * Embedding.Dimensions, Embedding.Dimensions), weights[entry], sum);

        return new Embedding(sum);
    }

    /// <summary>
    /// The meaningful words and word pairs of a text, in lower case: entries of the model whose words all weigh at least
    /// <see cref="MinTermWeight"/>. Both words of a pair are included separately.
    /// </summary>
    internal HashSet<string> Terms(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        var reader = new WordReader(text, stackalloc char[WordReader.MaxWordLength]);
        string? previous = null;
        while (reader.MoveNext())
        {
            var word = vocabulary.IndexOf(reader.Word) is { } entry && weights[entry] >= MinTermWeight ? reader.Word.ToString() : null;
            if (word is not null)
                terms.Add(word);
            if (word is not null && previous is not null && reader.IsJoined && vocabulary.ContainsPair(previous, word))
                terms.Add($"{previous} {word}");
            previous = word;
        }

        return terms;
    }

    /// <summary>Whether the model has a vector for a word in the form that <see cref="WordReader"/> produces (lower case, no accents).</summary>
    internal bool ContainsWord(ReadOnlySpan<char> word) => vocabulary.Contains(word);

    /// <summary>Adds weight × vector in integers. Each product fits in 16 bits: 255 × 127 = 32,385.</summary>
    private static void Add(ReadOnlySpan<sbyte> vector, byte weight, Span<int> sum)
    {
        for (var i = 0; i < Embedding.Dimensions; i += Vector128<sbyte>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(vector[i..]));
            AddProduct(lower * weight, sum[i..]);
            AddProduct(upper * weight, sum[(i + Vector128<short>.Count)..]);
        }
    }

    private static void AddProduct(Vector128<short> product, Span<int> sum)
    {
        var (lower, upper) = Vector128.Widen(product);
        (Vector128.Create<int>(sum) + lower).CopyTo(sum);
        (Vector128.Create<int>(sum[Vector128<int>.Count..]) + upper).CopyTo(sum[Vector128<int>.Count..]);
    }

    /// <summary>Parses a model file.</summary>
    /// <exception cref="InvalidDataException">The file is not a valid model.</exception>
    internal static EmbeddingModel Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(file) != Signature)
            throw new InvalidDataException("The file is no embedded model of version 1.");
        var wordCount = BinaryPrimitives.ReadInt32LittleEndian(file[4..]);
        var pairCount = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        var textLength = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        var entryCount = wordCount + pairCount;
        if (file.Length != HeaderLength + textLength + (4 * pairCount) + (entryCount * (1 + Embedding.Dimensions)))
            throw new InvalidDataException("The embedded model's file is cut short.");

        var words = Encoding.ASCII.GetString(file.Slice(HeaderLength, textLength)).TrimEnd('\n').Split('\n');
        var rest = file[(HeaderLength + textLength)..];
        var pairs = new (int, int)[pairCount];
        for (var i = 0; i < pairCount; i++)
            pairs[i] = (BinaryPrimitives.ReadUInt16LittleEndian(rest[(4 * i)..]), BinaryPrimitives.ReadUInt16LittleEndian(rest[((4 * i) + 2)..]));
        rest = rest[(4 * pairCount)..];
        return new EmbeddingModel(new Vocabulary(words, pairs), rest[..entryCount].ToArray(), MemoryMarshal.Cast<byte, sbyte>(rest[entryCount..]).ToArray());
    }

    private static EmbeddingModel ReadResource()
    {
        using var stream = typeof(EmbeddingModel).Assembly.GetManifestResourceStream("Denoised.EmbeddingModel.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes);
    }
}
