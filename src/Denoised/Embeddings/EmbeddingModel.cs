using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Denoised.Embeddings;

/// <summary>
/// The embedded model: a table of words and word pairs, each with a vector whose length is its weight. A text's embedding is the direction of
/// their sum. Sums are of integers and the norm is a double summed in order, so every machine and the page compute the same bytes.
/// docs/embedding-model.md describes the file, its origin and how it is made.
/// </summary>
public sealed class EmbeddingModel
{
    internal const uint Signature = 0x314D4544; // "DEM1"
    internal const int HeaderLength = 16;

    /// <summary>Function words and words of every abstract ("novel", "propose") weigh less; "time", "graph" and "diffusion" weigh 66, 192 and 229.</summary>
    internal const byte MinTermWeight = 50;

    private static readonly Lazy<EmbeddingModel> shared = new(ReadResource);

    private readonly Vocabulary vocabulary;
    private readonly byte[] weights;
    private readonly sbyte[] vectors;

    private EmbeddingModel(Vocabulary vocabulary, byte[] weights, sbyte[] vectors) =>
        (this.vocabulary, this.weights, this.vectors) = (vocabulary, weights, vectors);

    /// <summary>The model that this assembly carries; read at first use.</summary>
    public static EmbeddingModel Shared => shared.Value;

    /// <summary>Number of words and pairs.</summary>
    internal int Count => vocabulary.Count;

    /// <summary>
    /// The text's embedding: title, sentence, abstract or query, with or without TeX. Case, white space and punctuation make no difference except
    /// that punctuation separates pairs. Reads the first 65,000 characters.
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
    /// The words and word pairs of a text that carry meaning: entries of the model, in lower case, whose words all have at least
    /// <see cref="MinTermWeight"/>. A pair also counts as its two words.
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

    /// <summary>Whether the model has a vector for a word, given in lower case without accents as <see cref="WordReader"/> reads it.</summary>
    internal bool Knows(ReadOnlySpan<char> word) => vocabulary.Contains(word);

    /// <summary>Adds weight × vector, in integers. A product fits 16 bits: 255 × 127 is 32,385.</summary>
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

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">It is no model file.</exception>
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
