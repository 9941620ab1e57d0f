using System.Security.Cryptography;
using System.Text;

namespace Denoised.Publishing.Snapshots;

/// <summary>A file that the site is to have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="CacheControl">How long browsers keep it.</param>
/// <param name="IsGzip">It is stored compressed: only for what browsers alone load, since the blob endpoint sends it as it lies.</param>
/// <param name="Fingerprint">What it is made from; the same fingerprint, the same content.</param>
/// <param name="Render">Makes its content, compressed where it is to be.</param>
internal sealed record RenderedFile(string Name, string ContentType, string CacheControl, bool IsGzip, string Fingerprint, Func<byte[]> Render)
{
    /// <summary>A file whose content is there already.</summary>
    public static RenderedFile Of(string name, string contentType, string cacheControl, bool isGzip, byte[] content) => new(
        name,
        contentType,
        cacheControl,
        isGzip,
        FingerprintOf(content, contentType, cacheControl, isGzip ? "gzip" : "plain"),
        () => isGzip ? SnapshotFile.Compress(content) : content);

    /// <summary>The fingerprint of bytes and of whatever else decides the content.</summary>
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
