using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Denoised.Embeddings;

namespace Denoised.Tests.Embeddings;

public sealed class EmbeddingModelTests
{
    private const string Resource = "Denoised.EmbeddingModel.bin";

    private static readonly EmbeddingModel model = EmbeddingModel.Shared;

    private static readonly Gen<string> anyText = Gen.OneOf(
        Gen.String,
        Gen.OneOf("graph", "Neural", "networks", "zero-shot", "\\emph{robot}", "$x_1$", "é", "🙂", "unheardofness", "protein", ".", "42")
            .Array[0, 30].Select(words => string.Join(' ', words)));

    /// <summary>A text, a text on the same subject in other words, and a text on another subject.</summary>
    public static TheoryData<string, string, string> Triples => new()
    {
        { "Robots learn to grasp objects from human demonstrations", "Imitation learning for robotic manipulation", "Named entity recognition in historical newspapers" },
        { "We predict how proteins fold with a graph network", "Molecular structure prediction for drug discovery", "Speech synthesis with emotional voices" },
        { "Language models invent facts that are not true", "Hallucination in LLMs", "Segmentation of tumours in MRI scans" },
        { "Differential privacy for training on patient records", "Privacy-preserving federated learning in hospitals", "Reinforcement learning plays Atari games" },
        { "A diffusion model paints images from a caption", "Text-to-image generation", "Time series forecasting of electricity demand" },
        { "Traffic jams are forecast from sensors on roads", "Spatiotemporal prediction of vehicle flow", "Machine translation of low-resource languages" },
        { "Pruning makes networks smaller and faster on phones", "Model compression and quantization for edge devices", "Causal inference from observational data" },
    };

    [Fact]
    public void The_model_has_at_most_3_MB_and_compresses_to_2_2_MB()
    {
        var file = ReadFile();
        Assert.InRange(file.Length, 1_000_000, 3_000_000);
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(file);
        Assert.InRange(compressed.Length, 0, 2_200_000);
        Assert.InRange(EmbeddingModel.Read(file).Count, 25_000, 40_000);
    }

    [Theory]
    [MemberData(nameof(Triples))]
    public void A_text_is_more_similar_to_one_on_its_subject_than_to_others(string text, string related, string unrelated)
    {
        Assert.True(Similarity(text, related) > Similarity(text, unrelated) + 0.2, $"{Similarity(text, related):F2} against {Similarity(text, unrelated):F2}");
    }

    [Fact]
    public void The_embedding_of_a_hyphenated_or_unknown_word_comes_from_its_parts()
    {
        Assert.Equal(model.Embed("zero shot").Components, model.Embed("zero-shot").Components);
        Assert.True(Similarity("graphlearners", "graph") > 0.5);
    }

    [Fact]
    public void The_embedding_of_a_text_is_identical_on_every_machine()
    {
        // These bytes change only with the model file.
        const string Expected =
            "0CEF14E8091AEE183A07F51C1FF6EF031305FDE9070AEFF2ED09E419F1F610FB" +
            "12F21E03FEF6FDF7030107F90B080F0207060517F1FF03040200F3FF09030000";
        Assert.Equal(Expected, Convert.ToHexString(model.Embed("Graph neural networks predict the properties of molecules.").Bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t")]
    [InlineData("🙂🙂🙂")]
    [InlineData("数学模型")]
    [InlineData("12 3.4 \\ $$ {}")]
    public void A_text_without_known_words_is_empty_and_similar_to_nothing(string text)
    {
        var embedding = model.Embed(text);
        Assert.True(embedding.IsEmpty);
        Assert.Equal(0, embedding.Similarity(embedding));
        Assert.Equal(0, embedding.Similarity(model.Embed("graph neural networks")));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a ")]
    [InlineData("🙂")]
    [InlineData("\\")]
    [InlineData("\\a")]
    [InlineData("graphx-")]
    [InlineData("gradientgradientgradientgradientgradien ")]
    [InlineData("\u0301{$")]
    public void Embedding_a_megabyte_takes_bounded_time(string unit)
    {
        var text = new StringBuilder().Insert(0, unit, 1_000_000 / unit.Length).ToString();
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var embedding = model.Embed(text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000);
        Assert.InRange(Process.GetCurrentProcess().TotalProcessorTime - start, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(Embedding.Dimensions, embedding.Components.Length);
    }

    [Fact]
    public void Similarity_is_symmetric_and_between_minus_one_and_one() =>
        Gen.Select(anyText, anyText).Sample((left, right) =>
        {
            var (first, second) = (model.Embed(left), model.Embed(right));
            Assert.Equal(first.Similarity(second), second.Similarity(first));
            Assert.InRange(first.Similarity(second), -1, 1);
            Assert.Equal(first.IsEmpty ? 0 : 1, first.Similarity(first), 12);
        });

    [Fact]
    public void Case_and_white_space_do_not_change_an_embedding() =>
        anyText.Sample(text =>
        {
            var ascii = new string([.. text.Select(character => char.IsAscii(character) && !char.IsControl(character) ? character : ' ')]);
            var expected = Convert.ToHexString(model.Embed(ascii).Bytes);
            Assert.Equal(expected, Convert.ToHexString(model.Embed(ascii.ToUpperInvariant()).Bytes));
            Assert.Equal(expected, Convert.ToHexString(model.Embed($"\n {ascii.Replace(" ", " \r\n\t", StringComparison.Ordinal)}").Bytes));
        });

    [Fact]
    public void The_order_of_sentences_does_not_change_an_embedding()
    {
        const string First = "Graph networks pass messages.";
        const string Second = "Robots learn from demonstrations.";
        Assert.Equal(model.Embed($"{First} {Second}").Components, model.Embed($"{Second} {First}").Components);
    }

    [Fact]
    public void An_embedding_round_trips_through_its_bytes()
    {
        var embedding = model.Embed("variational autoencoders");
        var read = new Embedding(embedding.Bytes);
        Assert.Equal(embedding.Components, read.Components);
        Assert.Equal(1, embedding.Similarity(read), 12);
        Assert.Throws<ArgumentException>(() => new Embedding(new byte[63]));
    }

    [Fact]
    public void The_reader_rejects_a_truncated_or_invalid_file()
    {
        var file = ReadFile();
        Assert.Throws<InvalidDataException>(() => EmbeddingModel.Read(file.AsSpan(0, file.Length - 1)));
        Assert.Throws<InvalidDataException>(() => EmbeddingModel.Read(file.AsSpan(1)));
        Assert.Throws<InvalidDataException>(() => EmbeddingModel.Read([]));
    }

    private static double Similarity(string left, string right) => model.Embed(left).Similarity(model.Embed(right));

    private static byte[] ReadFile()
    {
        using var stream = typeof(EmbeddingModel).Assembly.GetManifestResourceStream(Resource)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
