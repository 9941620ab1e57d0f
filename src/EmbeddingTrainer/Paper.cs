using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Denoised.EmbeddingTrainer;

/// <summary>A paper's title and abstract: one line of a corpus or listing file (JSON lines, gzip-compressed where the name ends in <c>.gz</c>).</summary>
internal sealed record Paper(string Id, string Title, string Abstract, string[] Categories)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What the embedded model is given and what MiniLM's vector stands for.</summary>
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

    /// <summary>The papers in an order that is random yet the same on every machine, so that any prefix is a fair sample.</summary>
    public static List<Paper> Shuffled(IEnumerable<Paper> papers) => [.. papers.DistinctBy(paper => paper.Id).OrderBy(paper => paper.ShuffleKey)];

    /// <summary>A number of the identifier alone: uniform, and the same on every machine.</summary>
    public ulong ShuffleKey => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(Id)));
}
