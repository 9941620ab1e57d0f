using System.Xml.Linq;
using Denoised.Publishing;
using Denoised.Publishing.Pages;

namespace Denoised.Tests.Publishing.Pages;

public sealed class SitemapTests
{
    [Fact]
    public void It_holds_the_digest_and_the_map_of_each_day_that_has_them()
    {
        var edition = InventedPapers.Edition((InventedPapers.Day, [InventedPapers.View(1)]));
        edition = edition with { Index = edition.Index with { Days = [.. edition.Index.Days.Select(day => day with { HasMap = true })] } };

        var xml = XDocument.Parse(System.Text.Encoding.UTF8.GetString(Sitemap.Write(edition, SiteAddress.Of(new PublishingOptions { SiteAddress = "https://denoised.example/" }))!));

        Assert.Equal(
            ["", "days/2026-03-17/", "days/2026-03-17/digest/", "days/2026-03-17/map/"],
            xml.Root!.Elements().Select(url => url.Elements().First().Value["https://denoised.example/".Length..]).Take(4));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public void It_holds_the_front_page_the_days_and_as_many_of_the_newest_papers_as_a_sitemap_may()
    {
        var papers = Enumerable.Range(1, Sitemap.MaxAddresses + 10).Select(number => InventedPapers.View(number)).ToList();
        var site = SiteAddress.Of(new PublishingOptions { SiteAddress = "https://denoised.example/" });

        var xml = XDocument.Parse(System.Text.Encoding.UTF8.GetString(Sitemap.Write(InventedPapers.Edition((InventedPapers.Day, papers)), site)!));

        var addresses = xml.Root!.Elements().Select(url => url.Elements().First().Value).ToList();
        Assert.Equal(50_000, addresses.Count);
        Assert.Equal(["https://denoised.example/", "https://denoised.example/days/2026-03-17/", "https://denoised.example/days/2026-03-17/digest/"], addresses.Take(3));
        Assert.Equal(papers.Take(49_997).Select(paper => site.OfPaper(paper.Id)), addresses.Skip(3));
    }
}
