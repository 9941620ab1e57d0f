using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

namespace Denoised.Publishing.Feeds;

/// <summary>Writes feeds as Atom 1.0 (RFC 4287).</summary>
internal static class FeedAtom
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string ArxivScheme = "http://arxiv.org/schemas/atom";

    /// <summary>Writes a feed.</summary>
    public static byte[] Write(Feed feed)
    {
        var atom = new SyndicationFeed(
            feed.Title,
            Feed.Description,
            feedAlternateLink: null,
            feed.Id,
            feed.Updated,
            feed.Entries.Select(BuildEntry)) { Generator = "Denoised", Language = "en" };
        atom.Authors.Add(new SyndicationPerson { Name = "Denoised", Uri = feed.HomePage });
        if (feed.HomePage is { } home)
            atom.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(home), "text/html"));
        if (feed.Self is { } self)
            atom.Links.Add(SyndicationLink.CreateSelfLink(new Uri(self), "application/atom+xml"));

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            new Atom10FeedFormatter(atom).WriteTo(writer);
        return bytes.ToArray();
    }

    private static SyndicationItem BuildEntry(FeedEntry entry)
    {
        var item = new SyndicationItem
        {
            Id = entry.Id,
            Title = new TextSyndicationContent(entry.Title),
            Content = new TextSyndicationContent(entry.Html, TextSyndicationContentKind.Html),
            PublishDate = entry.Published,
            LastUpdatedTime = entry.Updated,
        };
        if (entry.Language is { } language)
            item.Content.AttributeExtensions.Add(new XmlQualifiedName("lang", "http://www.w3.org/XML/1998/namespace"), language);
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(entry.Address), "text/html"));
        if (entry.Address != entry.ArxivAddress)
            item.Links.Add(new SyndicationLink(new Uri(entry.ArxivAddress), "related", title: "arXiv", mediaType: "text/html", length: 0));
        foreach (var author in entry.Authors)
            item.Authors.Add(new SyndicationPerson { Name = author });
        foreach (var tag in entry.Tags)
            item.Categories.Add(new SyndicationCategory(Domain.Tag.Slug(tag), scheme: null, tag));
        foreach (var category in entry.Categories)
            item.Categories.Add(new SyndicationCategory(category, ArxivScheme, category));
        return item;
    }
}
