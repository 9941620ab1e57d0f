using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Tests.Summaries.Digests;

/// <summary>Digests of one paper, written by hand, as they lie in this folder.</summary>
/// <param name="Paper">The file that they rest on, below the real data's <c>arxiv</c>: <c>html/1706.03762.html</c>.</param>
/// <param name="Digests">One for each emphasis.</param>
internal sealed record DigestFile(string Paper, IReadOnlyList<StoredDigest> Digests)
{
    /// <summary>Reads a file of this folder.</summary>
    public static DigestFile Read(string json) => JsonSerializer.Deserialize(json, DigestFileJson.Default.DigestFile) ?? throw new JsonException("The file is empty.");

    /// <summary>The file's text.</summary>
    public string Write() =>
        JsonSerializer.Serialize(this, new DigestFileJson(new JsonSerializerOptions(DigestFileJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }).DigestFile)
            .ReplaceLineEndings("\n") + "\n";
}

/// <summary>A digest whose quotes are places.</summary>
internal sealed record StoredDigest
{
    /// <summary>What it dwells on.</summary>
    public required string About { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<StoredPoint> KeyPoints { get; init; }

    public required string Summary { get; init; }

    public string? Methodology { get; init; }

    public string? Results { get; init; }

    public QuotePlace? ResultsQuote { get; init; }

    public string? Implications { get; init; }
}

/// <summary>A key point whose quote is a place.</summary>
internal sealed record StoredPoint(string Claim, string Section, QuotePlace Quote);

/// <summary>Digests of one paper as they are written, quotes in words: never part of the tree.</summary>
internal sealed record DigestDrafts(string Paper, IReadOnlyList<DigestDraft> Digests)
{
    /// <summary>Reads a draft file.</summary>
    public static DigestDrafts Read(string json) => JsonSerializer.Deserialize(json, DigestFileJson.Default.DigestDrafts) ?? throw new JsonException("The file is empty.");
}

/// <summary>One of them.</summary>
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

/// <summary>A key point with its quote in words.</summary>
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
