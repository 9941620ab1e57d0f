using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Grounding;
using Denoised.LocalHost.Settings;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;

namespace Denoised.TestSupport.Papers;

/// <summary>The institutions of a real paper, judged by reading its first page.</summary>
/// <param name="Id">The identifier; the file below <c>html</c> or <c>pdf</c> has this name.</param>
/// <param name="Format"><c>html</c> or <c>pdf</c>.</param>
/// <param name="Set">What the paper was used for.</param>
/// <param name="Institutions">The institutions that have to be found.</param>
/// <param name="Accepted">Other names that are right: of a laboratory within an institution, or of a company that signs as an author.</param>
internal sealed record JudgedAffiliations(string Id, string Format, JudgedSet Set, IReadOnlyList<string> Institutions, IReadOnlyList<string>? Accepted)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Reads <c>judged-affiliations.json</c>.</summary>
    public static IReadOnlyList<JudgedAffiliations> ReadAll() =>
        JsonSerializer.Deserialize<List<JudgedAffiliations>>(
            File.ReadAllText(Path.Combine(Repository.Root, "tests/TestSupport/Papers/judged-affiliations.json")), json)!;

    /// <summary>The institutions that the product finds in the paper's file; none if the file is not usable, null if it is not in the folder.</summary>
    /// <param name="folder">The folder with <c>html</c> and <c>pdf</c>.</param>
    public IReadOnlyList<string>? Find(string folder)
    {
        var file = Path.Combine(folder, Format, $"{Id}.{Format}");
        if (!File.Exists(file))
            return null;
        var reading = Format == "html" ? HtmlPaperReader.Read(File.ReadAllText(file)) : PdfPaperReader.Read(File.ReadAllBytes(file), PdfReadLimits.Default);
        return [.. reading.Document?.Affiliations.Where(FormCheck.IsName) ?? []];
    }

    /// <summary>Whether a name is one of the paper's institutions, apart from case and punctuation.</summary>
    public bool IsRight(string name) => Institutions.Concat(Accepted ?? []).Any(other => Key(other) == Key(name));

    /// <summary>The number of institutions among the names.</summary>
    public int Recalled(IReadOnlyList<string> names) => Institutions.Count(institution => names.Any(name => Key(name) == Key(institution)));

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant() is var key && key.StartsWith("THE", StringComparison.Ordinal) ? key[3..] : key;
}

/// <summary>What a judged paper was used for.</summary>
internal enum JudgedSet
{
    /// <summary>To write the rules.</summary>
    Tuning,

    /// <summary>To measure the first version of the rules, then to correct them.</summary>
    Second,

    /// <summary>To measure only.</summary>
    HeldOut,
}
