using System.Runtime.CompilerServices;
using Denoised.Embeddings;

namespace Denoised.Publishing.Snapshots;

/// <summary>The embeddings of papers' titles and abstracts, and the file that holds them for the page.</summary>
internal static class PaperVectors
{
    // The papers of the days that are not rebuilt are the same objects each time; each is embedded once a process.
    private static readonly ConditionalWeakTable<PaperView, Embedding> known = [];

    /// <summary>The embedding of a paper's title and abstract.</summary>
    public static Embedding Of(PaperView paper) => known.GetValue(paper, static view => EmbeddingModel.Shared.Embed($"{view.Title}. {view.Abstract}"));

    /// <summary>Writes the vectors file: 64 signed bytes a paper, in the order of <see cref="SearchFile"/>.</summary>
    public static SnapshotFile WriteFile(IEnumerable<PaperView> papers)
    {
        using var content = new MemoryStream();
        foreach (var paper in papers)
            content.Write(Of(paper).Bytes);
        return SnapshotFile.Create("vectors", content.ToArray());
    }
}
