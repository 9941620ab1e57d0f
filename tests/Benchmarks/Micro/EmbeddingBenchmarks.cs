using BenchmarkDotNet.Attributes;
using Denoised.Embeddings;

namespace Denoised.Benchmarks.Micro;

/// <summary>The embedding of an abstract of 1,300 characters, beside splitting it into words and looking each up in a set.</summary>
public class AbstractEmbeddingBenchmarks
{
    private const string Sentence =
        "We propose a graph neural network that predicts the properties of molecules from their three-dimensional structure without labelled data. ";

    private readonly string text = string.Concat(Enumerable.Repeat(Sentence, 10))[..1_300];
    private readonly HashSet<string> words = [.. Sentence.Split(' ')];

    [GlobalSetup]
    public void SetUp() => _ = EmbeddingModel.Shared;

    [Benchmark(Baseline = true, Description = "its words looked up in a set")]
    public int Peer()
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var count = 0;
        foreach (var range in text.AsSpan().Split(' '))
            count += lookup.Contains(text.AsSpan(range)) ? 1 : 0;
        return count;
    }

    [Benchmark(Description = "embedding an abstract of 1,300 characters")]
    public Embedding Embed() => EmbeddingModel.Shared.Embed(text);
}

/// <summary>The embedding of a sentence of 138 characters.</summary>
public class SentenceEmbeddingBenchmarks
{
    private const string Sentence =
        "We propose a graph neural network that predicts the properties of molecules from their three-dimensional structure without labelled data. ";

    [GlobalSetup]
    public void SetUp() => _ = EmbeddingModel.Shared;

    [Benchmark(Baseline = true, Description = "in lower case")]
    public string Peer() => Sentence.ToLowerInvariant();

    [Benchmark(Description = "embedding a sentence of 138 characters")]
    public Embedding Embed() => EmbeddingModel.Shared.Embed(Sentence);
}
