using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing.Snapshots;

/// <summary>An immutable file of <c>data/</c>, whose name contains its content hash.</summary>
/// <param name="Name">The name relative to <c>data/</c>.</param>
/// <param name="Content">The content. Compressed only when written, because most files of a large day already exist.</param>
internal sealed record SnapshotFile(string Name, byte[] Content)
{
    private const string BinaryExtension = ".bin";

    /// <summary>The media type.</summary>
    public string ContentType => Name.EndsWith(BinaryExtension, StringComparison.Ordinal) ? "application/octet-stream" : SiteContainer.Json;

    /// <summary>Serializes a value and derives its file name.</summary>
    /// <param name="prefix">The name up to the hash, such as <c>days/2026-03-17.0</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Its JSON type.</param>
    public static SnapshotFile Create<T>(string prefix, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return new SnapshotFile($"{prefix}.{HashOf(json)}.json", json);
    }

    /// <summary>Derives the file name of binary content.</summary>
    public static SnapshotFile Create(string prefix, byte[] content) => new($"{prefix}.{HashOf(content)}{BinaryExtension}", content);

    /// <summary>The content as stored.</summary>
    public byte[] ToGzip() => Compress(Content);

    /// <summary>Compresses content: the blob endpoint serves stored bytes and does not compress.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
}

/// <summary>The published files of a day and their entry in the index.</summary>
internal sealed record DaySnapshot(DayEntry Entry, IReadOnlyList<SnapshotFile> Files)
{
    /// <summary>The number of papers in a part: the first view loads only one small file of cards.</summary>
    public const int PapersInPart = 32;

    /// <summary>Builds the snapshot of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="rows">All rows of the day, in order.</param>
    /// <param name="listings">The counts from the listings.</param>
    /// <param name="overview">The overview of the day, if it exists.</param>
    /// <param name="readAt">The time when reading the rows started.</param>
    public static DaySnapshot Build(
        ListingDay day,
        IReadOnlyList<PaperRow> rows,
        IReadOnlyList<ListingRecord> listings,
        OverviewRow? overview,
        DateTimeOffset readAt)
    {
        var files = new List<SnapshotFile>();
        var parts = new List<DayPart>();
        foreach (var chunk in rows.Chunk(PapersInPart))
        {
            var cards = SnapshotFile.Create($"days/{day}.{parts.Count}", Array.ConvertAll(chunk, PaperViews.Card), PublishingJson.Default.PaperCardArray);
            var details = SnapshotFile.Create(
                $"days/{day}.{parts.Count}.papers", Array.ConvertAll(chunk, PaperViews.View), PublishingJson.Default.PaperViewArray);
            files.Add(cards);
            files.Add(details);
            parts.Add(new DayPart(cards.Name, details.Name, chunk.Length));
        }

        var entry = Describe(day, rows, listings, parts, readAt) with { Revision = RevisionOf(rows.Select(row => (row.Paper.Id, row.Timestamp)), overview) };
        if (OverviewView.Of(overview, rows) is not { } view)
            return new DaySnapshot(entry, files);

        var overviewFile = SnapshotFile.Create($"days/{day}.overview", view, PublishingJson.Default.OverviewView);
        return new DaySnapshot(entry with { Overview = overviewFile.Name }, [.. files, overviewFile]);
    }

    /// <summary>The file of the related papers of a day's papers; null if none has any.</summary>
    /// <param name="day">The day.</param>
    /// <param name="papers">Its papers, in order.</param>
    /// <param name="related">The related papers of the papers of all days.</param>
    public static SnapshotFile? RelatedFile(ListingDay day, IReadOnlyList<PaperView> papers, IReadOnlyDictionary<ArxivId, RelatedPapers> related)
    {
        var ofDay = papers
            .Where(paper => related.ContainsKey(paper.Id))
            .DistinctBy(paper => paper.Id)
            .ToDictionary(paper => paper.Id.Value, paper => related[paper.Id], StringComparer.Ordinal);
        return ofDay.Count == 0 ? null : SnapshotFile.Create($"related/{day}", ofDay, PublishingJson.Default.DictionaryStringRelatedPapers);
    }

    /// <summary>Identifies the state of a day's rows. The value changes with every write.</summary>
    public static string RevisionOf(IEnumerable<(ArxivId Id, DateTimeOffset Written)> rows, OverviewRow? overview)
    {
        var state = new StringBuilder();
        foreach (var (id, written) in rows.OrderBy(row => row.Id.Value, StringComparer.Ordinal))
            state.Append(id.Value).Append(' ').Append(written.UtcTicks).Append('\n');
        state.Append(overview?.Timestamp.UtcTicks);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.ToString())).AsSpan(0, 8));
    }

    /// <summary>The entry of the day in the index.</summary>
    public static DayEntry Describe(
        ListingDay day, IReadOnlyList<PaperRow> rows, IReadOnlyList<ListingRecord> listings, IReadOnlyList<DayPart> parts, DateTimeOffset readAt)
    {
        var statuses = rows.CountBy(PaperViews.Status).ToDictionary();
        var tags = rows.SelectMany(row => row.Summary.Tags).CountBy(tag => tag)
            .Select(tag => new TagCount(tag.Key, tag.Value))
            .OrderByDescending(tag => tag.Count).ThenBy(tag => tag.Tag, StringComparer.Ordinal);

        return new DayEntry
        {
            Day = day,
            AnnouncedAt = AnnouncementCalendar.AnnouncedAt(day),
            Sample = rows.Count > 0 && rows.All(row => row.Sample),
            Notes = Notes(rows, listings),
            Counts = new DayCounts(
                rows.Count,
                statuses.GetValueOrDefault(PaperStatus.Model) + statuses.GetValueOrDefault(PaperStatus.Extractive),
                statuses.GetValueOrDefault(PaperStatus.Pending),
                statuses.GetValueOrDefault(PaperStatus.Failed),
                statuses.GetValueOrDefault(PaperStatus.Extractive)),
            Tags = [.. tags],
            Parts = parts,
            ReadAt = readAt,
        };
    }

    private static IReadOnlyList<string> Notes(IReadOnlyList<PaperRow> rows, IReadOnlyList<ListingRecord> listings)
    {
        var notes = new List<string>();
        foreach (var listing in listings.OrderBy(listing => listing.Category, StringComparer.Ordinal))
        {
            if (listing.Source == ListingSource.SubmissionDates)
                notes.Add($"{listing.Category} was rebuilt from submission dates and may lack some papers.");
            notes.AddRange(listing.Notes);
        }

        var announced = listings.Sum(listing => listing.Announced);
        var shown = rows.Count(row => !row.Sample);
        if (announced > shown)
            notes.Add($"{announced - shown} of the {announced} papers announced are not recorded yet.");
        if (rows.Count(row => row.Retracted) is > 0 and var retracted)
            notes.Add(retracted == 1 ? "arXiv's listing no longer has one of the papers." : $"arXiv's listing no longer has {retracted} of the papers.");
        return notes;
    }
}
