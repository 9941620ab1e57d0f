using System.Xml.Linq;
using Denoised.Publishing;
using Denoised.Publishing.Pages;

namespace Denoised.Tests.Publishing.Pages;

public sealed class SitemapTests
{
    [Fact]
    [Trait("Tier", "Long")]
    public void It_holds_the_front_page_the_days_and_as_many_of_the_newest_papers_as_a_sitemap_may()
    {
        var papers = Enumerable.Range(1, Sitemap.MaxAddresses + 10).Select(number => InventedPapers.View(number)).ToList();
        var site = SiteAddress.Of(new PublishingOptions { SiteAddress = "https://denoised.example/" });

        var xml = XDocument.Parse(System.Text.Encoding.UTF8.GetString(Sitemap.Write(InventedPapers.Edition((InventedPapers.Day, papers)), site)!));

        var addresses = xml.Root!.Elements().Select(url => url.Elements().First().Value).ToList();
        Assert.Equal(50_000, addresses.Count);
        Assert.Equal(["https://denoised.example/", "https://denoised.example/days/2026-03-17/"], addresses.Take(2));
        Assert.Equal(papers.Take(49_998).Select(paper => site.OfPaper(paper.Id)), addresses.Skip(2));
    }
}
