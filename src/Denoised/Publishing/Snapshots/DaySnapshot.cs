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

/// <summary>A file of <c>data/</c>: its name tells its content, so that it never changes.</summary>
/// <param name="Name">Relative to <c>data/</c>.</param>
/// <param name="Json">Its content. Compressed only where it is written: of a large day's files nearly all are there already.</param>
internal sealed record SnapshotFile(string Name, byte[] Json)
{
    /// <summary>Serializes and names a value.</summary>
    /// <param name="prefix">The name up to the hash, such as <c>days/2026-03-17.0</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Its JSON type.</param>
    public static SnapshotFile Create<T>(string prefix, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var hash = Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8));
        return new SnapshotFile($"{prefix}.{hash}.json", json);
    }

    /// <summary>Its content as it is stored.</summary>
    public byte[] ToGzip() => Compress(Json);

    /// <summary>Compresses for the blob endpoint, which serves bytes as they lie and compresses nothing itself.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }
}

/// <summary>What readers load of a day: its entry in the index and the files that the entry names.</summary>
internal sealed record DaySnapshot(DayEntry Entry, IReadOnlyList<SnapshotFile> Files)
{
    /// <summary>How many papers one part holds: a first view's cards are one small file.</summary>
    public const int PapersInPart = 32;

    /// <summary>Builds the snapshot of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="rows">All its rows, in order.</param>
    /// <param name="listings">What the listings announced.</param>
    /// <param name="overview">The overview of the day, where there is one.</param>
    /// <param name="readAt">The rows were read at or after this moment.</param>
    public static DaySnapshot Build(ListingDay day, IReadOnlyList<PaperRow> rows, IReadOnlyList<ListingRecord> listings, OverviewRow? overview, DateTimeOffset readAt)
    {
        var files = new List<SnapshotFile>();
        var parts = new List<DayPart>();
        foreach (var chunk in rows.Chunk(PapersInPart))
        {
            var cards = SnapshotFile.Create($"days/{day}.{parts.Count}", Array.ConvertAll(chunk, PaperViews.Card), PublishingJson.Default.PaperCardArray);
            var details = SnapshotFile.Create($"days/{day}.{parts.Count}.papers", Array.ConvertAll(chunk, PaperViews.View), PublishingJson.Default.PaperViewArray);
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

    /// <summary>Names the state of a day's rows: another one where any was written since.</summary>
    public static string RevisionOf(IEnumerable<(ArxivId Id, DateTimeOffset Written)> rows, OverviewRow? overview)
    {
        var state = new StringBuilder();
        foreach (var (id, written) in rows.OrderBy(row => row.Id.Value, StringComparer.Ordinal))
            state.Append(id.Value).Append(' ').Append(written.UtcTicks).Append('\n');
        state.Append(overview?.Timestamp.UtcTicks);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.ToString())).AsSpan(0, 8));
    }

    /// <summary>A day's entry in the index.</summary>
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
