namespace Denoised.Publishing.Citations;

/// <summary>A file format for reference managers.</summary>
/// <param name="Name">The value of <c>?format=</c>.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Write">Writes papers in the given order.</param>
internal sealed record CitationFormat(string Name, string ContentType, Func<IReadOnlyList<Citation>, string> Write)
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<CitationFormat> All { get; } =
    [
        new("bibtex", "application/x-bibtex; charset=utf-8", BibTex.Write),
        new("ris", "application/x-research-info-systems; charset=utf-8", Ris.Write),
        new("csl-json", "application/vnd.citationstyles.csl+json; charset=utf-8", CslJson.Write),
    ];
}
