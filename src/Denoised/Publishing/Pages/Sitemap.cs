using System.Globalization;
using System.Text;
using System.Xml;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Pages;

/// <summary>Writes the files for search engines. Sources: https://www.sitemaps.org/protocol.html, RFC 9309.</summary>
internal static class Sitemap
{
    /// <summary>The file name of the sitemap.</summary>
    public const string FileName = "sitemap.xml";

    /// <summary>The file name of the rules for robots.</summary>
    public const string RobotsFileName = "robots.txt";

    /// <summary>The maximum number of addresses in a sitemap; the newest papers come first.</summary>
    internal const int MaxAddresses = 50_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>
    /// Writes the addresses of the front page, of each day with its digest and map, and of the papers. Null without a configured site address: a sitemap requires absolute
    /// addresses.
    /// </summary>
    public static byte[]? Write(Edition edition, SiteAddress site)
    {
        if (site.Root is not { } root)
            return null;

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            writer.WriteStartElement("urlset", Namespace);
            Add(root, lastModified: null);
            var days = edition.Index.Days.Where(day => !day.Sample).ToList();
            var count = 1;
            foreach (var day in days)
            {
                string?[] pages = [site.OfDay(day.Day), edition.PapersOf[day.Day].Count > 0 ? site.OfDigest(day.Day) : null, day.HasMap ? site.OfMap(day.Day) : null];
                foreach (var page in pages.OfType<string>())
                {
                    Add(page, edition.PapersOf[day.Day].Max(paper => (DateTimeOffset?)paper.Summary.Provenance.CreatedAt));
                    count++;
                }
            }

            foreach (var paper in edition.Papers.Where(paper => !paper.Sample).Take(MaxAddresses - count))
                Add(site.OfPaper(paper.Id)!, paper.Summary.Provenance.CreatedAt);
            writer.WriteEndElement();

            void Add(string address, DateTimeOffset? lastModified)
            {
                writer.WriteStartElement("url", Namespace);
                writer.WriteElementString("loc", Namespace, address);
                if (lastModified is { } moment)
                    writer.WriteElementString("lastmod", Namespace, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                writer.WriteEndElement();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Allows robots to read everything.</summary>
    public static byte[] WriteRobots(SiteAddress site) =>
        Encoding.UTF8.GetBytes("User-agent: *\nDisallow:\n" + (site.Of(FileName) is { } address ? $"\nSitemap: {address}\n" : ""));
}
