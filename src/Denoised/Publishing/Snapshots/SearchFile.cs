using Denoised.Domain;
using Denoised.Publishing.Search;

namespace Denoised.Publishing.Snapshots;

/// <summary>
/// The file from which the page builds its search: all retained papers in columns, which compress better than objects. The n-th entries of all
/// columns belong to one paper; newest day first, in the order of the day. <c>frontend/README.md</c> defines the format.
/// </summary>
internal sealed record SearchFile
{
    public int Schema { get; init; } = 1;

    /// <summary>The listing days that <see cref="Day"/> refers to by index.</summary>
    public required IReadOnlyList<ListingDay> Days { get; init; }

    /// <summary>The tags that <see cref="Tag"/> refers to by index.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<ArxivId> Id { get; init; }

    public required IReadOnlyList<int> Version { get; init; }

    public required IReadOnlyList<int> Day { get; init; }

    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>All authors.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Authors { get; init; }

    /// <summary>The names of institutions, which <see cref="Affiliations"/> refers to by index; omitted if no paper has any.</summary>
    public IReadOnlyList<string>? Institutions { get; init; }

    /// <summary>The authors' institutions; omitted if no paper has any.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Affiliations { get; init; }

    /// <summary>The categories separated by spaces, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> Tag { get; init; }

    /// <summary>The claims: the TL;DR, if there is one, and the key points.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> KeyPoints { get; init; }

    /// <summary>The languages of the claims, null for English; omitted if all are English.</summary>
    public IReadOnlyList<string?>? Language { get; init; }

    public required IReadOnlyList<PaperStatus> Status { get; init; }

    /// <summary>The indices of the withdrawn papers.</summary>
    public required IReadOnlyList<int> Withdrawn { get; init; }

    /// <summary>The words that occur only in summary and abstract of some papers.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>For each of <see cref="Words"/>, the indices of these papers: the first one, then the distance of each from the one before.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> PapersOfWord { get; init; }

    /// <summary>Creates the file of an edition.</summary>
    public static SearchFile Of(IReadOnlyList<ListingDay> days, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> papersOf)
    {
        var papers = days.SelectMany(day => papersOf[day]).ToArray();
        var languages = Array.ConvertAll(papers, paper => SummaryLanguage.OnPage(paper.Summary.Provenance.Language));
        var dayPlaces = days.Index().ToDictionary(day => day.Item, day => day.Index);
        var tagPlaces = Domain.Tag.All.Index().ToDictionary(tag => tag.Item, tag => tag.Index, StringComparer.Ordinal);
        var words = WordIndex.Of(papers).WordsOf(SearchField.Text).ToList();
        var institutions = papers.SelectMany(paper => paper.Affiliations).Distinct(StringComparer.Ordinal).ToList();
        var institutionPlaces = institutions.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return new SearchFile
        {
            Days = days,
            Tags = Domain.Tag.All,
            Id = Array.ConvertAll(papers, paper => paper.Id),
            Version = Array.ConvertAll(papers, paper => paper.Version),
            Day = Array.ConvertAll(papers, paper => dayPlaces[paper.Day]),
            Title = Array.ConvertAll(papers, paper => paper.Title),
            Authors = Array.ConvertAll(papers, paper => paper.Authors),
            Institutions = institutions.Count > 0 ? institutions : null,
            Affiliations = institutions.Count > 0
                ? Array.ConvertAll(papers, paper => (IReadOnlyList<int>)[.. paper.Affiliations.Select(name => institutionPlaces[name])])
                : null,
            Categories = Array.ConvertAll(papers, paper => string.Join(' ', paper.Categories)),
            Tag = Array.ConvertAll(papers, paper => (IReadOnlyList<int>)[.. paper.Summary.Tags.Where(tagPlaces.ContainsKey).Select(tag => tagPlaces[tag])]),
            KeyPoints = Array.ConvertAll(papers, paper => (IReadOnlyList<string>)[.. paper.Summary.Claims().Select(point => point.Claim)]),
            Language = Array.Exists(languages, language => language is not null) ? languages : null,
            Status = Array.ConvertAll(papers, paper => paper.Status),
            Withdrawn = [.. papers.Index().Where(paper => paper.Item.Withdrawn).Select(paper => paper.Index)],
            Words = words.ConvertAll(word => word.Word),
            PapersOfWord = words.ConvertAll(word => (IReadOnlyList<int>)[.. word.Papers.Select((paper, place) => place == 0 ? paper : paper - word.Papers[place - 1])]),
        };
    }
}
