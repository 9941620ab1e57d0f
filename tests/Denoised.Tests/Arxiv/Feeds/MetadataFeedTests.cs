using System.Xml.Linq;
using CsCheck;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.TestSupport.Papers;

namespace Denoised.Tests.Arxiv.Feeds;

public sealed class MetadataFeedTests
{
    [Theory]
    [InlineData("api_cs.LG_or_cs.AI_20_2026-04-30.xml", 20, 364218)]
    [InlineData("api_glacier_doi_journalref_comment_v2.xml", 2, 230)]
    [InlineData("api_oldformat_cs.RO_2_2025-10.xml", 2, 5619)]
    [InlineData("api_oldformat_empty.xml", 0, 0)]
    [InlineData("arxivpy_id_0000.0000_s0_m100.xml", 0, 0)]
    [InlineData("arxivpy_id_astro-ph_0601001_s0_m100.xml", 1, 1)]
    [InlineData("arxivpy_q_testing_s0_m100.xml", 100, 214881)]
    [InlineData("arxivpy_q_testing_s10_m10.xml", 10, 214881)]
    public void The_parser_reads_every_entry_of_a_real_response(string file, int papers, int total)
    {
        var page = MetadataFeed.Parse(RealArxiv.Text("atom/" + file));

        Assert.Equal(papers, page.Papers.Count);
        Assert.Equal(papers, page.Entries);
        Assert.Equal(total, page.Total);
        Assert.Empty(page.Problems);
        Assert.All(page.Papers, static paper =>
        {
            Assert.NotEmpty(paper.Authors);
            Assert.NotNull(paper.Published);
            Assert.True(paper.Updated >= paper.Published);
            Assert.Equal(paper.PrimaryCategory, paper.Categories[0]);
            Assert.DoesNotContain('\n', paper.Title);
            Assert.DoesNotContain("\n", paper.Abstract.Replace("\n  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("doi.org", paper.Doi ?? "", StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_parser_reads_the_details_of_a_published_and_of_an_old_paper()
    {
        var xml = RealArxiv.Text("atom/api_glacier_doi_journalref_comment_v2.xml");
        var papers = MetadataFeed.Parse(xml).Papers;
        Assert.Contains($"<arxiv:doi>{papers[0].Doi}</arxiv:doi>", xml, StringComparison.Ordinal);
        Assert.Contains($"<arxiv:journal_ref>{papers[0].JournalReference}</arxiv:journal_ref>", xml, StringComparison.Ordinal);
        Assert.Contains($"<arxiv:comment>{papers[0].Comment}</arxiv:comment>", xml, StringComparison.Ordinal);
        Assert.Equal(2, papers[1].Version);
        Assert.Equal(3, papers[1].Abstract.Split("\n  ").Length);

        xml = RealArxiv.Text("atom/arxivpy_id_astro-ph_0601001_s0_m100.xml");
        var old = Assert.Single(MetadataFeed.Parse(xml).Papers);
        Assert.Equal("astro-ph/0601001", old.Id.Value);
        Assert.Equal(xml.Split("<author>").Length - 1, old.Authors.Count);
        Assert.All(old.Authors, author => Assert.Contains($"<name>{author}</name>", xml, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2006, 1, 2, 14, 57, 58, TimeSpan.Zero), old.Published);
    }

    [Fact]
    public void Unwrapping_the_older_format_loses_no_word()
    {
        var xml = RealArxiv.Text("atom/api_oldformat_cs.RO_2_2025-10.xml");
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var entries = XDocument.Parse(xml).Descendants(atom + "entry").ToList();
        foreach (var (entry, paper) in entries.Zip(MetadataFeed.Parse(xml).Papers))
        {
            Assert.Contains('\n', entry.Element(atom + "summary")!.Value.Trim());
            Assert.DoesNotContain('\n', paper.Abstract);
            Assert.Equal(Words(entry.Element(atom + "summary")!.Value), Words(paper.Abstract));
            Assert.Equal(string.Join(' ', Words(entry.Element(atom + "title")!.Value)), paper.Title);
            Assert.DoesNotContain('\n', paper.Comment ?? "");
        }

        static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one \ntwo", "one two")]
    [InlineData("one\n  two", "one\n  two")]
    [InlineData("one\r\n  two", "one\n  two")]
    [InlineData("one\n    two\nthree", "one\n  two three")]
    [InlineData("one\n\ntwo", "one\n  two")]
    [InlineData("  one  two \\emph{x}\n", "one  two \\emph{x}")]
    public void A_line_break_starts_a_paragraph_only_before_an_indented_line(string wrapped, string text) => Assert.Equal(text, ArxivText.Unwrapped(wrapped));

    [Fact]
    public void Unwrapping_reverses_wrapping()
    {
        var word = Gen.Char["abcé$\\_{}<>&\U0001f600"[..10]].Array[1, 12].Select(static characters => new string(characters));
        var paragraph = word.Array[1, 60].Select(static words => string.Join(' ', words));
        paragraph.Array[1, 4].Select(static paragraphs => string.Join("\n  ", paragraphs)).Sample(static text =>
        {
            var wrapped = string.Join("\n  ", text.Split("\n  ").Select(static part => Wrap(part)));
            Assert.Equal(text, ArxivText.Unwrapped("  " + wrapped + "\n"));
        });
    }

    [Fact]
    public void The_parser_throws_an_error_with_the_text_of_an_error_entry()
    {
        foreach (var xml in new[] { RealArxiv.Text("atom/arxivpy_id_abc_s0_m100.xml"), ArxivWriter.ApiError("incorrect id format for abc") })
        {
            var exception = Assert.Throws<ArxivException>(() => MetadataFeed.Parse(xml));
            Assert.Equal(ArxivFailure.Refused, exception.Failure);
            Assert.Contains("incorrect id format for abc", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_invalid_entry_is_reported_and_the_others_are_read()
    {
        var xml = ArxivWriter.Api([ArxivWriter.Sample("2603.00001"), ArxivWriter.Sample("2603.00002", "Odd"), ArxivWriter.Sample("2603.00003")]).Replace("Odd</title", "</title", StringComparison.Ordinal);
        var page = MetadataFeed.Parse(xml);
        Assert.Equal(["2603.00001", "2603.00003"], page.Papers.Select(static paper => paper.Id.Value));
        Assert.Equal(3, page.Entries);
        Assert.Contains("2603.00002 (entry 2", Assert.Single(page.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body>429</body></html>", "HTML page")]
    [InlineData("Rate exceeded.", "not well-formed XML")]
    [InlineData("<feed/>", "no Atom feed")]
    public void The_error_says_why_a_text_is_not_a_response(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArxivException>(() => MetadataFeed.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_real_paper_round_trips_through_the_API_format()
    {
        foreach (var file in RealArxiv.ListingFiles())
        {
            var papers = RealArxiv.Records(file);
            var read = MetadataFeed.Parse(ArxivWriter.Api(papers));
            Assert.Equal([], read.Problems);
            foreach (var (expected, paper) in papers.Zip(read.Papers))
            {
                Assert.Equal(expected.Id, paper.Id);
                Assert.Equal(ArxivText.Unwrapped(expected.Abstract), paper.Abstract);
                Assert.Equal(ArxivText.Collapsed(expected.Title), paper.Title);
                Assert.Equal(expected.Authors.Select(ArxivText.Collapsed).Where(static name => name.Length > 0), paper.Authors);
            }
        }
    }

    [Fact]
    public void A_damaged_response_yields_papers_or_an_error_with_a_message()
    {
        foreach (var xml in RealArxiv.Texts("atom").Where(static text => text.Length < 100_000).Append(ArxivWriter.Api([ArxivWriter.Sample()])))
            Mutation.Of(xml).Sample(static mutated => ListingFeedTests.GivesOrNames(() => MetadataFeed.Parse(mutated)), iter: 300);
    }

    private static string Wrap(string paragraph)
    {
        var lines = new List<string>();
        foreach (var word in paragraph.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + word.Length < 79)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return string.Join('\n', lines);
    }
}
