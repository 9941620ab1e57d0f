using System.IO.Compression;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.TestSupport.Chaos;

/// <summary>
/// Reads the site repeatedly like a browser, from the index to every file that it names, and records inconsistencies. Shared by tests and benchmarks.
/// </summary>
internal sealed class ChaosReader(BlobServiceClient blobs)
{
    private readonly BlobContainerClient site = blobs.GetBlobContainerClient(ContainerNames.Site);
    private readonly Dictionary<string, List<ArxivId>> known = new(StringComparer.Ordinal);
    private HashSet<ArxivId> shown = [];
    private ETag seen;

    /// <summary>The inconsistencies that a reader would have seen.</summary>
    public List<string> Wrongs { get; } = [];

    /// <summary>The number of editions that were read.</summary>
    public int Editions { get; private set; }

    /// <summary>The number of requests for the index.</summary>
    public int Looks { get; private set; }

    /// <summary>The number of papers in the first edition.</summary>
    public int ShownAtFirst { get; private set; }

    /// <summary>The papers of the latest edition.</summary>
    public IReadOnlySet<ArxivId> Shown => shown;

    public async Task ReadAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task LookAsync()
    {
        Looks++;
        if (await TryReadAsync(SiteIndexFile.Name) is not { } read)
        {
            if (Editions > 0)
                Wrongs.Add("The index is gone.");
            return;
        }

        if (read.Details.ETag == seen)
            return;
        seen = read.Details.ETag;
        var index = JsonSerializer.Deserialize(Unpacked(read.Content), PublishingJson.Default.SiteIndex)!;
        var days = index.Days.Where(day => !day.Sample).ToList();
        if (days.Count == 0)
        {
            if (shown.Count > 0)
                Wrongs.Add("An edition shows no day any more.");
            return;
        }

        Editions++;
        var papers = new List<ArxivId>();
        foreach (var day in days)
        {
            var ofDay = new List<ArxivId>();
            foreach (var part in day.Parts)
            {
                var cards = await ReadPartAsync(part.Cards, json => JsonSerializer.Deserialize(json, PublishingJson.Default.PaperCardArray)!.Select(card => card.Id));
                var details = await ReadPartAsync(part.Details, json => JsonSerializer.Deserialize(json, PublishingJson.Default.PaperViewArray)!.Select(view => view.Id));
                if (cards.Count != part.Count || !cards.SequenceEqual(details))
                    Wrongs.Add($"{part.Cards} and {part.Details} do not show the same {part.Count} papers.");
                ofDay.AddRange(details);
            }

            if (ofDay.Count != day.Counts.Announced)
                Wrongs.Add($"{day.Day}: {day.Counts.Announced} announced, {ofDay.Count} shown.");
            papers.AddRange(ofDay);
        }

        var now = papers.ToHashSet();
        if (now.Count != papers.Count)
            Wrongs.Add($"{papers.Count - now.Count} papers are shown twice.");
        if (!shown.IsSubsetOf(now))
            Wrongs.Add($"{shown.Except(now).Count()} of {shown.Count} papers have gone from the page.");
        if (Editions == 1)
            ShownAtFirst = now.Count;
        shown = now;
        await RequireAllAsync([index.Search is { } search ? SiteIndex.Folder + search : "a search file", PageRenderer.FrontPage, .. now.Select(SiteAddress.PaperFile)]);
    }

    private async Task RequireAllAsync(IReadOnlyList<string> names)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in site.GetBlobsAsync(new GetBlobsOptions(), CancellationToken.None))
            present.Add(blob.Name);
        var missing = names.Where(name => !present.Contains(name)).ToList();
        if (missing.Count > 0)
            Wrongs.Add($"{missing.Count} files are missing, {missing[0]} among them.");
    }

    private async Task<List<ArxivId>> ReadPartAsync(string name, Func<byte[], IEnumerable<ArxivId>> read)
    {
        // Files never change, so each one is read once. Later reads only check that it still exists.
        if (known.TryGetValue(name, out var held) && await site.GetBlobClient(SiteIndex.Folder + name).ExistsAsync())
            return held;
        if (await TryReadAsync(SiteIndex.Folder + name) is { } file)
            return known[name] = [.. read(Unpacked(file.Content))];
        Wrongs.Add($"{name} is missing.");
        return [];
    }

    private async Task<BlobDownloadResult?> TryReadAsync(string name)
    {
        try
        {
            return (await site.GetBlobClient(name).DownloadContentAsync(CancellationToken.None)).Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private static byte[] Unpacked(BinaryData content)
    {
        using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
