using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Denoised.Publishing.Citations;

namespace Denoised.Tests.Publishing.Citations;

public sealed class CitationTests
{
    /// <summary>The cases that the page's own citations are held against, too.</summary>
    public static TheoryData<int> Cases { get; } = [0, 1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_citation_is_the_one_that_the_page_makes(int number)
    {
        var path = Path.Combine(Denoised.LocalHost.Settings.Repository.Root, "frontend", "test", "cite-cases.json");
        using var cases = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.Equal(Cases.Count, cases.RootElement.GetArrayLength());
        var expected = cases.RootElement[number];
        var citation = Read(expected.GetProperty("paper"));
        foreach (var format in CitationFormat.All)
            Assert.Equal(expected.GetProperty(format.Name).GetString(), format.Write([citation]));
    }

    [Fact]
    public void No_two_papers_have_one_key()
    {
        var papers = Enumerable.Range(1, 60).Select(number => Invented("An Invented Title") with { Id = string.Create(CultureInfo.InvariantCulture, $"2603.{number:00000}") }).ToList();
        var keys = Regex.Matches(BibTex.Write(papers), @"@misc\{(?<key>[^,]*),", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30)).Select(match => match.Groups["key"].Value).ToList();
        Assert.Equal(60, keys.Count);
        Assert.Distinct(keys);
    }

    [Fact]
    public void Whatever_a_title_holds_the_braces_of_its_TeX_close() => Gen.OneOf(Gen.String[Gen.Char[@"ab{}\$&%_^~# "], 0, 30], Gen.String).Sample(title =>
    {
        var depth = 0;
        var tex = BibTex.Tex(title);
        for (var at = 0; at < tex.Length; at++)
        {
            if (tex[at] == '\\')
                Assert.True(++at < tex.Length);
            else if (tex[at] == '{')
                depth++;
            else if (tex[at] == '}')
                Assert.True(--depth >= 0);
        }

        Assert.Equal(0, depth);
    });

    [Fact]
    public void Whatever_a_field_holds_an_RIS_record_has_one_end() => Gen.String.Sample(text =>
    {
        var lines = Ris.Write([Invented(text) with { Abstract = text, JournalReference = text, Authors = [text + "x"] }]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(@"^[A-Z][A-Z0-9]  - ", line));
        Assert.Single(lines, line => line.StartsWith("ER  - ", StringComparison.Ordinal));
    });

    private static Citation Invented(string title) => new()
    {
        Id = "2603.00001", Version = 1, Title = title, Authors = ["Ada Example"], PrimaryCategory = "cs.LG", Date = new DateOnly(2026, 3, 17), Doi = "10.48550/arXiv.2603.00001",
    };

    private static Citation Read(JsonElement paper)
    {
        var id = paper.GetProperty("id").GetString()!;
        return new Citation
        {
            Id = id,
            Version = paper.GetProperty("version").GetInt32(),
            Title = paper.GetProperty("title").GetString()!,
            Authors = [.. paper.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!).Where(author => author.Any(char.IsLetter))],
            PrimaryCategory = paper.GetProperty("primaryCategory").GetString()!,
            Date = DateOnly.ParseExact(paper.GetProperty("date").GetString()![..10], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Doi = paper.TryGetProperty("doi", out var doi) ? doi.GetString()! : $"10.48550/arXiv.{id}",
            JournalReference = paper.TryGetProperty("journalReference", out var journal) ? journal.GetString() : null,
            Abstract = paper.TryGetProperty("abstract", out var about) ? about.GetString() : null,
        };
    }
}
