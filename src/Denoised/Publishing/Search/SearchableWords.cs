using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Search;

/// <summary>The fields that a search reads, from the most to the least important one. A word counts in the first field that contains it.</summary>
internal enum SearchField
{
    Title,
    Tag,
    Author,
    Affiliation,
    Claim,
    Text,
}

/// <summary>The words of a paper that a search finds.</summary>
internal static class SearchableWords
{
    /// <summary>The words of each field, in the order of <see cref="SearchField"/>. They may repeat.</summary>
    public static IEnumerable<(SearchField Field, IEnumerable<string> Words)> Of(PaperView paper) =>
    [
        (SearchField.Title, SearchLanguage.WordsOf(paper.Title).Concat(SearchLanguage.WordsOf(paper.Id.Value))),
        (SearchField.Tag, paper.Summary.Tags.SelectMany(SearchLanguage.WordsOf).Concat(paper.Categories.Select(category => category.ToLowerInvariant()))),
        (SearchField.Author, paper.Authors.SelectMany(SearchLanguage.WordsOf)),
        (SearchField.Affiliation, paper.Affiliations.SelectMany(SearchLanguage.WordsOf)),
        (SearchField.Claim, paper.Summary.Claims().SelectMany(point => SearchLanguage.WordsOf(point.Claim))),
        (SearchField.Text, TextOf(paper)),
    ];

    /// <summary>The words of summary and abstract with a letter, without stop words. The page gets them as a list of papers for each word.</summary>
    private static IEnumerable<string> TextOf(PaperView paper) =>
        new[] { paper.Abstract, paper.Summary.Overview, paper.Summary.Methodology, paper.Summary.Results, paper.Summary.Implications }
            .OfType<string>()
            .SelectMany(SearchLanguage.WordsOf)
            .Where(word => word.Length > 1 && !SearchLanguage.IsStopWord(word) && word.AsSpan().ContainsAnyExceptInRange('0', '9'));
}
