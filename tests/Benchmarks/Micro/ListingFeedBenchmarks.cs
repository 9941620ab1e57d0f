using System.Xml;
using BenchmarkDotNet.Attributes;
using Denoised.Arxiv.Feeds;
using Denoised.Benchmarks.Growth;
using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks.Micro;

/// <summary>A feed of 1,000 entries, beside an XmlReader that only goes through it.</summary>
public class ListingFeedBenchmarks
{
    private const int Entries = 1_000;

    private string xml = "";

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, Today = Papers.Day.Date });
        arxiv.Catalogue.Announce(Papers.Day.Date, new InventedArxiv(seed: 1).Day(Papers.Day, Entries).Select(paper => paper with { Categories = ["cs.LG"] }));
        using var http = new HttpClient();
        xml = await http.GetStringAsync(new Uri(arxiv.Address, "rss/cs.LG"));
        if (Parse() != Entries)
            throw new InvalidOperationException($"The feed has {Parse()} papers.");
    }

    [Benchmark(Baseline = true, Description = "XmlReader alone")]
    public int Peer()
    {
        using var reader = XmlReader.Create(new StringReader(xml));
        var nodes = 0;
        while (reader.Read())
            nodes++;
        return nodes;
    }

    [Benchmark(Description = "parsing a feed of 1,000 entries")]
    public int Parse() => ListingFeed.Parse(xml, "cs.LG").Papers.Count;
}
