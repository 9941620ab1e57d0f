using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.TestSupport.Digests;

/// <summary>A file in this folder with hand-written digests of one paper.</summary>
/// <param name="Paper">The file of the paper below the <c>arxiv</c> folder of the real data: <c>html/1706.03762.html</c>.</param>
/// <param name="Digests">One digest per emphasis.</param>
internal sealed record DigestFile(string Paper, IReadOnlyList<StoredDigest> Digests)
{
    /// <summary>Parses a digest file.</summary>
    public static DigestFile Read(string json) => JsonSerializer.Deserialize(json, DigestFileJson.Default.DigestFile) ?? throw new JsonException("The file is empty.");

    /// <summary>Returns the text of the file.</summary>
    public string Write() =>
        JsonSerializer.Serialize(this, new DigestFileJson(new JsonSerializerOptions(DigestFileJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }).DigestFile)
            .ReplaceLineEndings("\n") + "\n";
}

/// <summary>A digest with positions instead of quotes.</summary>
internal sealed record StoredDigest
{
    /// <summary>The emphasis of the digest.</summary>
    public required string About { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<StoredPoint> KeyPoints { get; init; }

    public required string Summary { get; init; }

    public string? Methodology { get; init; }

    public string? Results { get; init; }

    public QuotePlace? ResultsQuote { get; init; }

    public string? Implications { get; init; }
}

/// <summary>A key point with the position of its quote.</summary>
internal sealed record StoredPoint(string Claim, string Section, QuotePlace Quote);

/// <summary>Digests of one paper in their original form, with quotes as text. These files are never part of the repository.</summary>
internal sealed record DigestDrafts(string Paper, IReadOnlyList<DigestDraft> Digests)
{
    /// <summary>Parses a draft file.</summary>
    public static DigestDrafts Read(string json) => JsonSerializer.Deserialize(json, DigestFileJson.Default.DigestDrafts) ?? throw new JsonException("The file is empty.");
}

/// <summary>A digest in its original form.</summary>
internal sealed record DigestDraft
{
    public required string About { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<QuotedPoint> KeyPoints { get; init; }

    public required string Summary { get; init; }

    public string? Methodology { get; init; }

    public string? Results { get; init; }

    public string? ResultsQuote { get; init; }

    public string? Implications { get; init; }
}

/// <summary>A key point with its quote as text.</summary>
internal sealed record QuotedPoint(string? Quote, string? Section, string? Claim);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(DigestFile))]
[JsonSerializable(typeof(DigestDrafts))]
internal sealed partial class DigestFileJson : JsonSerializerContext;
