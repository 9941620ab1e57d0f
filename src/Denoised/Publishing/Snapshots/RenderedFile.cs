using System.Security.Cryptography;
using System.Text;

namespace Denoised.Publishing.Snapshots;

/// <summary>A file to be written to the site.</summary>
/// <param name="Name">The blob name, such as <c>data/index.json</c>.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="CacheControl">The Cache-Control header.</param>
/// <param name="IsGzip">
/// Whether the file is stored gzip-compressed. Used only for files that browsers load: the blob endpoint ignores Accept-Encoding and sends gzip to
/// every client.
/// </param>
/// <param name="Fingerprint">The fingerprint of all that the content depends on. Equal fingerprints imply equal content.</param>
/// <param name="Render">Renders the content, compressed if <paramref name="IsGzip"/>.</param>
internal sealed record RenderedFile(string Name, string ContentType, string CacheControl, bool IsGzip, string Fingerprint, Func<byte[]> Render)
{
    /// <summary>Creates a file from existing content.</summary>
    public static RenderedFile FromContent(string name, string contentType, string cacheControl, bool isGzip, byte[] content) => new(
        name,
        contentType,
        cacheControl,
        isGzip,
        ComputeFingerprint(content, contentType, cacheControl, isGzip ? "gzip" : "plain"),
        () => isGzip ? SnapshotFile.Compress(content) : content);

    /// <summary>Hashes the content (or its source) and every other value that the rendered file depends on.</summary>
    public static string ComputeFingerprint(ReadOnlySpan<byte> content, params ReadOnlySpan<string> otherInputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in otherInputs)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
