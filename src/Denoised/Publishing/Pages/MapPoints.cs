using System.Collections.Concurrent;
using System.Security.Cryptography;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Pages;

/// <summary>
/// The points of each day's map. Keeps the last ones of each day: projecting is the slow part, and a map also changes with its tags and with the topics
/// of other days.
/// </summary>
internal sealed class MapPoints
{
    private readonly ConcurrentDictionary<ListingDay, (byte[] Hash, IReadOnlyList<(double X, double Y)> Points)> byDay = new();

    /// <summary>The point of each paper, in the units of <see cref="DayMap"/>. Projects again only if a paper was added, removed or changed its text.</summary>
    public IReadOnlyList<(double X, double Y)> Of(ListingDay day, IReadOnlyList<PaperView> papers)
    {
        List<Embedding> embeddings = [.. papers.Select(PaperVectors.Of)];
        var hash = SHA256.HashData([.. embeddings.SelectMany(embedding => embedding.Bytes.ToArray())]);
        if (byDay.TryGetValue(day, out var last) && last.Hash.AsSpan().SequenceEqual(hash))
            return last.Points;
        IReadOnlyList<(double X, double Y)> points =
        [
            .. PlaneProjection.Project(embeddings).Select(point => (Scale(point.X, DayMap.Width), Scale(point.Y, DayMap.Height))),
        ];
        byDay[day] = (hash, points);
        return points;

        static double Scale(double share, int size) => DayMap.Margin + (share * (size - (2 * DayMap.Margin)));
    }
}
