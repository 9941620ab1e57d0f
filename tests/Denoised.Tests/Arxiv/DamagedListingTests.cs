using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.TestSupport.Fuzzing;
using Denoised.TestSupport.Papers;

namespace Denoised.Tests.Arxiv;

/// <summary>
/// Damaged listings. The parser either throws an error with a message or turns each entry into a paper or a reported problem.
/// A damaged entry does not affect the others.
/// </summary>
public sealed class DamagedListingTests
{
    [Fact]
    public void Each_entry_of_a_damaged_feed_is_a_paper_or_a_problem() => Each(
        RealArxiv.Texts("rss").Append(ArxivWriter.Rss(Papers())),
        static text =>
        {
            var listing = ListingFeed.Parse(text, "cs.LG");
            Assert.True(
                Entries(text, "item") + Entries(text, "entry") <= listing.Papers.Count + listing.Problems.Count,
                $"Of {Entries(text, "item")} entries {listing.Papers.Count} are papers and {listing.Problems.Count} problems.");
        });

    [Fact]
    [Trait("Tier", "Long")]
    public void Each_entry_of_a_damaged_API_response_is_a_paper_or_a_problem() => Each(
        RealArxiv.Texts("atom").Where(static text => text.Length < 100_000).Append(ArxivWriter.Api(Papers())),
        static text =>
        {
            var page = MetadataFeed.Parse(text);
            Assert.Equal(page.Entries, page.Papers.Count + page.Problems.Count);
        });

    [Fact]
    public void Each_entry_of_a_damaged_catch_up_page_is_a_paper_or_a_problem() => Each(
        [ArxivWriter.CatchUp([.. Papers().Select(static (paper, index) => (paper, index % 2 == 0 ? AnnounceType.New : AnnounceType.Cross))])],
        static text =>
        {
            var page = CatchUpPage.Parse(text, "cs.LG");
            Assert.True(page.Entries <= page.Papers.Count + page.Problems.Count);
        });

    [Fact]
    public void A_damaged_entry_of_a_feed_does_not_change_the_others()
    {
        foreach (var text in RealArxiv.Texts("rss").Append(ArxivWriter.Rss(Papers())))
            OneEntry(text, text.Contains("<item", StringComparison.Ordinal) ? "item" : "entry", static text => (ListingFeed.Parse(text, "cs.LG") is var listing ? [.. listing.Papers.Select(static announced => announced.Paper)] : [], listing.Problems));
    }

    [Fact]
    public void A_damaged_entry_of_an_API_response_does_not_change_the_others()
    {
        foreach (var text in RealArxiv.Texts("atom").Where(static text => text.Length < 100_000).Append(ArxivWriter.Api(Papers())))
        {
            if (text.Contains("<entry", StringComparison.Ordinal) && !text.Contains("api/errors", StringComparison.Ordinal))
                OneEntry(text, "entry", static text => (MetadataFeed.Parse(text) is var page ? page.Papers : [], page.Problems));
        }
    }

    private static List<Paper> Papers() => [.. Enumerable.Range(1, 6).Select(static number => ArxivWriter.Sample($"2603.{number:00000}") with { Abstract = $"We invent method {number} & report <that> it works.", Comment = "12 pages" })];

    private static void Each(IEnumerable<string> texts, Action<string> check)
    {
        foreach (var text in texts)
        {
            Mutation.Of(text).Sample(mutated => Check(mutated), iter: 400);
            var mutator = new Mutator([Encoding.UTF8.GetBytes(text)], ["<item>", "</item>", "<entry>", "</entry>", "<dt>", "</dt>", "<dd>", "&lol;", "<![CDATA[", "]]>", "<!--", "-->"], Structure.Markup);
            Gen.Int[0, 1_000_000].Sample(number => Check(Encoding.UTF8.GetString(mutator.Mutate(1, number))), iter: 400);
        }

        void Check(string mutated)
        {
            try
            {
                check(mutated);
            }
            catch (ArxivException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    /// <summary>Damages one entry and compares all other entries with the original.</summary>
    private static void OneEntry(string text, string element, Func<string, (IReadOnlyList<Paper> Papers, IReadOnlyList<string> Problems)> parse)
    {
        var whole = parse(text).Papers;
        var starts = new List<int>();
        for (var at = text.IndexOf($"<{element}>", StringComparison.Ordinal); at >= 0; at = text.IndexOf($"<{element}>", at + 1, StringComparison.Ordinal))
            starts.Add(at);
        Assert.Equal(whole.Count, starts.Count);
        Gen.Int[0, starts.Count - 1].SelectMany(index =>
        {
            var (from, to) = (starts[index] + element.Length + 2, text.IndexOf($"</{element}>", starts[index], StringComparison.Ordinal));
            return Mutation.Of(text[from..to]).Select(mutated => (Index: index, Text: text[..from] + mutated + text[to..]));
        }).Sample(damaged =>
        {
            (IReadOnlyList<Paper> Papers, IReadOnlyList<string> Problems) read;
            try
            {
                read = parse(damaged.Text);
            }
            catch (ArxivException exception)
            {
                Assert.NotEmpty(exception.Message);
                return;
            }

            foreach (var (paper, index) in whole.Select(static (paper, index) => (paper, index)))
            {
                if (index != damaged.Index)
                    Assert.True(read.Papers.Any(other => Same(paper, other)), $"{paper.Id} is lost or another one.");
            }

            Assert.True(read.Papers.Count + read.Problems.Count >= whole.Count, "An entry is lost without a word.");
        }, iter: 400);
    }

    private static bool Same(Paper left, Paper right) =>
        left with { Authors = [], Categories = [] } == right with { Authors = [], Categories = [] }
        && left.Authors.SequenceEqual(right.Authors, StringComparer.Ordinal)
        && left.Categories.SequenceEqual(right.Categories, StringComparer.Ordinal);

    /// <summary>
    /// Counts the entries with a second XML parser, at the places where the product reads them: below the root or below its channel.
    /// </summary>
    private static int Entries(string text, string name)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(ArxivText.Printable(text)), new XmlReaderSettings { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit });
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName switch
            {
                "feed" => root.Elements().Count(element => element.Name.LocalName == name),
                "rss" => root.Elements().Where(static element => element.Name.LocalName == "channel").Elements().Count(element => element.Name.LocalName == name),
                _ => 0,
            };
        }
        catch (XmlException)
        {
            return 0;
        }
    }
}
