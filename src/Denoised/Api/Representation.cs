using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Denoised.Api;

/// <summary>An answer's body, compressed once in each encoding, with its validator.</summary>
public sealed class Representation
{
    // Below this a compressed body is hardly smaller than its headers.
    private const int WorthCompressing = 1024;

    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;

    /// <summary>Takes a body.</summary>
    public Representation(byte[] body, string contentType)
    {
        Body = body;
        ContentType = contentType;

        // Weak: the encodings of one state are equivalent, not equal byte by byte.
        ETag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        brotli = new Lazy<byte[]>(() => Compress(stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        gzip = new Lazy<byte[]>(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
    }

    /// <summary>Uncompressed.</summary>
    public byte[] Body { get; }

    /// <summary>The media type.</summary>
    public string ContentType { get; }

    /// <summary>The validator.</summary>
    public string ETag { get; }

    /// <summary>Serializes a value.</summary>
    public static Representation OfJson<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");

    /// <summary>The body in an encoding.</summary>
    /// <param name="encoding"><c>br</c>, <c>gzip</c>, or null for none.</param>
    public byte[] In(string? encoding) => encoding switch
    {
        "br" => brotli.Value,
        "gzip" => gzip.Value,
        _ => Body,
    };

    /// <summary>
    /// What is to be answered from now on instead of a former one: that itself where nothing has changed, since it is compressed already;
    /// otherwise this one, compressed in the encodings that were asked for, so that nobody waits for it.
    /// </summary>
    /// <param name="former">Null where there was none.</param>
    public Representation InPlaceOf(Representation? former)
    {
        if (former?.ETag == ETag)
            return former;
        if (former is { brotli.IsValueCreated: true })
            _ = brotli.Value;
        if (former is { gzip.IsValueCreated: true })
            _ = gzip.Value;
        return this;
    }

    /// <summary>A header that is longer is not looked at: the library takes longer than in proportion to its length.</summary>
    internal const int LongestHeader = 2_000;

    /// <summary>The best encoding that a request accepts: <c>br</c>, <c>gzip</c> or null.</summary>
    /// <param name="acceptEncoding">The header's values. Source: RFC 9110, section 12.5.3.</param>
    public string? Negotiate(IEnumerable<string?> acceptEncoding)
    {
        if (Body.Length < WorthCompressing)
            return null;

        var given = acceptEncoding.OfType<string>().ToList();
        var accepted = given.Sum(value => value.Length) <= LongestHeader && Microsoft.Net.Http.Headers.StringWithQualityHeaderValue.TryParseList(given, out var parsed) ? parsed : [];
        return Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : null;

        bool Accepts(string encoding)
        {
            var named = accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
                ?? accepted.FirstOrDefault(value => value.Value.Equals("*", StringComparison.Ordinal));
            return named is not null && named.Quality is not 0;
        }
    }

    private byte[] Compress(Func<Stream, Stream> encoder)
    {
        using var compressed = new MemoryStream();
        using (var stream = encoder(compressed))
            stream.Write(Body);
        return compressed.ToArray();
    }
}
