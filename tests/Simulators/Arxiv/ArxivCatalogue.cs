using System.Collections.Immutable;

namespace Denoised.Simulators.Arxiv;

/// <summary>All announcements of the simulated arXiv, by listing day. Thread-safe.</summary>
public sealed class ArxivCatalogue
{
    private ImmutableSortedDictionary<DateOnly, ImmutableList<Announcement>> days = ImmutableSortedDictionary<DateOnly, ImmutableList<Announcement>>.Empty;

    /// <summary>The days that have announcements.</summary>
    public IEnumerable<DateOnly> Days => days.Keys;

    /// <summary>Announces a paper; replaces an announcement of the same paper on the same day.</summary>
    public void Announce(DateOnly day, SimulatedPaper paper, AnnouncementKind kind = AnnouncementKind.Submission)
    {
        ArgumentNullException.ThrowIfNull(paper);
        Announce([new Announcement(day, paper, kind)]);
    }

    /// <summary>Announces several papers on one day.</summary>
    public void Announce(DateOnly day, IEnumerable<SimulatedPaper> papers) =>
        Announce([.. papers.Select(paper => new Announcement(day, paper, AnnouncementKind.Submission))]);

    /// <summary>Removes a paper from a day's listing; returns false if the listing did not contain it.</summary>
    public bool Retract(DateOnly day, string id) => ImmutableInterlocked.Update(
        ref days,
        (current, key) => current.TryGetValue(key.day, out var list) ? current.SetItem(key.day, list.RemoveAll(a => a.Paper.Id == key.id)) : current,
        (day, id));

    /// <summary>Removes a whole day.</summary>
    public void Clear(DateOnly day) => ImmutableInterlocked.Update(ref days, static (current, day) => current.Remove(day), day);

    /// <summary>Loads all <c>listing_*.jsonl</c> files of a folder; returns the number of papers.</summary>
    /// <exception cref="InvalidDataException">The folder has no such file, or a file contains an invalid record.</exception>
    public int LoadFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "listing_*.jsonl").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new InvalidDataException($"{folder} has no files named listing_*.jsonl.");
        return files.Sum(file => LoadFile(file));
    }

    /// <summary>Loads one JSON Lines file; returns the number of papers.</summary>
    /// <param name="path">See <see cref="ListingFile"/>.</param>
    /// <param name="fallbackDay">The listing day of records that have none.</param>
    public int LoadFile(string path, DateOnly? fallbackDay = null)
    {
        var announcements = ListingFile.Read(path, fallbackDay)
            .Select(static line => new Announcement(line.Day, line.Paper, AnnouncementKind.Submission)).ToList();
        Announce(announcements);
        return announcements.Count;
    }

    /// <summary>Gets a day's announcements in arXiv's order: submissions, late cross-lists, replacements, each sorted by identifier.</summary>
    public IReadOnlyList<Announcement> On(DateOnly day) => days.TryGetValue(day, out var list)
        ? [.. list.OrderBy(static a => a.Kind).ThenBy(static a => a.Paper.Id, StringComparer.Ordinal)]
        : [];

    /// <summary>Gets the entries of a day's listing for some categories, in arXiv's order.</summary>
    /// <param name="day">The day.</param>
    /// <param name="subjects">The categories.</param>
    /// <param name="fault">A fault that may substitute another listing.</param>
    internal IReadOnlyList<(string Type, SimulatedPaper Paper)> Listing(DateOnly day, IReadOnlyList<string> subjects, ArxivFault? fault)
    {
        if (fault is ArxivFault.EarlierListing)
            day = Before(day);
        var announcements = On(day);
        if (fault is ArxivFault.OtherCategory)
            subjects = [.. announcements.Select(static a => a.Paper.Primary).Where(primary => !subjects.Contains(primary, StringComparer.Ordinal)).Take(1)];
        return [.. announcements.Select(a => (Type: a.TypeIn(subjects), a.Paper)).Where(static entry => entry.Type is not null).Select(static entry => (entry.Type!, entry.Paper))];
    }

    /// <summary>Gets the previous listing day; for the first one, the day itself.</summary>
    internal DateOnly Before(DateOnly day) => Days.LastOrDefault(earlier => earlier < day, day);

    /// <summary>Gets the newest version of every paper announced by a day, with all times set.</summary>
    public IReadOnlyDictionary<string, SimulatedPaper> PapersUntil(DateOnly day)
    {
        var papers = new Dictionary<string, SimulatedPaper>(StringComparer.Ordinal);
        foreach (var announcement in days.Where(entry => entry.Key <= day).SelectMany(static entry => entry.Value))
        {
            var paper = Dated(announcement);
            if (papers.TryGetValue(paper.Id, out var held))
            {
                if (paper.Version < held.Version)
                    continue;
                paper = paper with { Published = announcement.Paper.Published ?? held.Published };
            }

            papers[paper.Id] = paper;
        }

        return papers;
    }

    /// <summary>Finds a paper by its identifier without version, as of a day.</summary>
    public SimulatedPaper? Find(string id, DateOnly until)
    {
        SimulatedPaper? found = null;
        foreach (var announcement in days.Where(entry => entry.Key <= until).SelectMany(static entry => entry.Value))
        {
            if (announcement.Paper.Id == id && announcement.Paper.Version >= (found?.Version ?? 0))
                found = Dated(announcement);
        }

        return found;
    }

    private static SimulatedPaper Dated(Announcement announcement)
    {
        var paper = announcement.Paper;
        if (paper.Published is not null && paper.Updated is not null)
            return paper;
        var (start, end) = EasternTime.SubmissionWindow(announcement.Day);
        var time = ListingFile.Between(start, end, paper.Id);
        var published = paper.Published ?? time;
        return paper with { Published = published, Updated = paper.Updated ?? (paper.Version == 1 ? published : time) };
    }

    private void Announce(IReadOnlyCollection<Announcement> announcements) => ImmutableInterlocked.Update(
        ref days,
        static (current, added) =>
        {
            var changed = current.ToBuilder();
            foreach (var day in added.GroupBy(static a => a.Day))
            {
                // If a paper occurs twice, the later record wins.
                var latest = day.GroupBy(static a => a.Paper.Id, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Last(), StringComparer.Ordinal);
                var kept = changed.TryGetValue(day.Key, out var list) ? list.RemoveAll(a => latest.ContainsKey(a.Paper.Id)) : [];
                changed[day.Key] = kept.AddRange(latest.Values);
            }

            return changed.ToImmutable();
        },
        announcements);
}
