using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Denoised.Api;

/// <summary>A response body with its ETag. Each encoding is compressed once.</summary>
public sealed class Representation
{
    // For smaller bodies, compression saves less than the headers take.
    private const int WorthCompressing = 1024;

    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;

    /// <summary>Creates a representation of a body.</summary>
    public Representation(byte[] body, string contentType)
    {
        Body = body;
        ContentType = contentType;

        // A weak ETag: the encodings of one state are equivalent, not byte-identical.
        ETag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        brotli = new Lazy<byte[]>(() => Compress(stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        gzip = new Lazy<byte[]>(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
    }

    /// <summary>The uncompressed body.</summary>
    public byte[] Body { get; }

    /// <summary>The media type.</summary>
    public string ContentType { get; }

    /// <summary>The weak ETag, derived from the uncompressed body.</summary>
    public string ETag { get; }

    /// <summary>Serializes a value as JSON.</summary>
    public static Representation OfJson<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");

    /// <summary>Gets the body in an encoding.</summary>
    /// <param name="encoding"><c>br</c>, <c>gzip</c>, or null for none.</param>
    public byte[] GetBody(string? encoding) => encoding switch
    {
        "br" => brotli.Value,
        "gzip" => gzip.Value,
        _ => Body,
    };

    /// <summary>
    /// Chooses the representation that replaces a cached one: the cached one if the content is unchanged, since it is compressed already; otherwise this
    /// one, compressed in advance in the encodings that clients have requested.
    /// </summary>
    /// <param name="previous">The cached representation; null if there is none.</param>
    public Representation ReuseIfUnchanged(Representation? previous)
    {
        if (previous?.ETag == ETag)
            return previous;
        if (previous is { brotli.IsValueCreated: true })
            _ = brotli.Value;
        if (previous is { gzip.IsValueCreated: true })
            _ = gzip.Value;
        return this;
    }

    /// <summary>Longer headers are ignored: the library's parser is slower than linear in the length.</summary>
    internal const int MaxHeaderLength = 2_000;

    /// <summary>Selects the best encoding that the client accepts: <c>br</c>, <c>gzip</c>, or null for none.</summary>
    /// <param name="acceptEncoding">The values of the Accept-Encoding header. Source: RFC 9110, section 12.5.3.</param>
    public string? Negotiate(IEnumerable<string?> acceptEncoding)
    {
        if (Body.Length < WorthCompressing)
            return null;

        var given = acceptEncoding.OfType<string>().ToList();
        var accepted = given.Sum(value => value.Length) <= MaxHeaderLength
            && Microsoft.Net.Http.Headers.StringWithQualityHeaderValue.TryParseList(given, out var parsed)
            ? parsed
            : [];
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
