using System.Text.Json.Nodes;
using Denoised.Embeddings;
using Denoised.Simulators;
using Denoised.Tests.Infra;

namespace Denoised.Tests.Embeddings;

/// <summary>The vectors that the page's own implementation (<c>frontend/src/embedding</c>) computes for the same texts.</summary>
public sealed class EmbeddingCasesTests
{
    [Fact]
    public void The_page_and_the_product_embed_a_text_as_the_same_bytes()
    {
        var path = RepositoryFolder.PathOf("frontend", "test", "embedding-cases.json");
        var cases = JsonNode.Parse(File.ReadAllText(path))!.AsArray();

        Assert.True(cases.Count >= 30);
        foreach (var @case in cases)
            Assert.Equal(@case!["vector"]!.GetValue<string>(), Convert.ToBase64String(EmbeddingModel.Shared.Embed(@case["text"]!.GetValue<string>()).Bytes));
    }
}
