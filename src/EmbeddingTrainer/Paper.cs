using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Denoised.EmbeddingTrainer;

/// <summary>A paper's title and abstract: one line of a corpus or listing file (JSON lines; gzip-compressed if the name ends in <c>.gz</c>).</summary>
internal sealed record Paper(string Id, string Title, string Abstract, string[] Categories)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The input of both the embedded model and MiniLM.</summary>
    public string Text => $"{Title}. {Abstract}";

    public static List<Paper> ReadAll(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        var papers = new List<Paper>();
        while (reader.ReadLine() is { } line)
            papers.Add(JsonSerializer.Deserialize<Paper>(line, Json)!);
        return papers;
    }

    /// <summary>Shuffles papers deterministically, so that every prefix is an unbiased sample.</summary>
    public static List<Paper> Shuffled(IEnumerable<Paper> papers) => [.. papers.DistinctBy(paper => paper.Id).OrderBy(paper => paper.ShuffleKey)];

    /// <summary>A uniform hash of the identifier, identical on every machine.</summary>
    public ulong ShuffleKey => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(Id)));
}
