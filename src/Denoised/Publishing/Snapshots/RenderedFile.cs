using System.Security.Cryptography;
using System.Text;

namespace Denoised.Publishing.Snapshots;

/// <summary>A file to be written to the site.</summary>
/// <param name="Name">The name.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="CacheControl">The Cache-Control header.</param>
/// <param name="IsGzip">
/// Whether the file is stored compressed. Only for files that only browsers load, because the blob endpoint ignores Accept-Encoding.
/// </param>
/// <param name="Fingerprint">The fingerprint of the input. Equal fingerprints imply equal content.</param>
/// <param name="Render">Renders the content, compressed if <paramref name="IsGzip"/>.</param>
internal sealed record RenderedFile(string Name, string ContentType, string CacheControl, bool IsGzip, string Fingerprint, Func<byte[]> Render)
{
    /// <summary>Creates a file from existing content.</summary>
    public static RenderedFile Of(string name, string contentType, string cacheControl, bool isGzip, byte[] content) => new(
        name,
        contentType,
        cacheControl,
        isGzip,
        FingerprintOf(content, contentType, cacheControl, isGzip ? "gzip" : "plain"),
        () => isGzip ? SnapshotFile.Compress(content) : content);

    /// <summary>The fingerprint of the bytes and all other inputs of the content.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> content, params ReadOnlySpan<string> beside)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in beside)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
