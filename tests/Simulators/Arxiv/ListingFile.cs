using System.Globalization;
using System.Text.Json;

namespace Denoised.Simulators.Arxiv;

/// <summary>
/// Reads listing days from JSON Lines: one paper per line, with <c>id, title, authors, abstract, categories, primary, listed</c>;
/// <c>comment, published, updated, version, doi, journal_ref</c> may be null or absent.
/// </summary>
public static class ListingFile
{
    /// <summary>Reads all papers of a file with their listing days.</summary>
    /// <param name="path">A <c>.jsonl</c> file.</param>
    /// <param name="fallbackDay">The day for lines without <c>listed</c>; if null, such a line is an error.</param>
    /// <exception cref="InvalidDataException">A line is not a valid record; the message names file, line and field.</exception>
    public static IEnumerable<(DateOnly Day, SimulatedPaper Paper)> Read(string path, DateOnly? fallbackDay = null)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            (DateOnly, SimulatedPaper) read;
            try
            {
                read = ReadLine(line, fallbackDay);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
            }

            yield return read;
        }
    }

    private static (DateOnly Day, SimulatedPaper Paper) ReadLine(string line, DateOnly? fallbackDay)
    {
        using var json = JsonDocument.Parse(line);
        var record = json.RootElement;
        var id = Text(record, "id") ?? throw new FormatException("'id' is missing.");
        var listed = Text(record, "listed");
        var day = listed is not null
            ? DateOnly.ParseExact(listed, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : fallbackDay ?? throw new FormatException($"'listed' of {id} is missing.");
        var primary = Text(record, "primary") ?? throw new FormatException($"'primary' of {id} is missing.");
        var categories = record.GetProperty("categories").EnumerateArray().Select(static c => c.GetString()!).Where(c => c != primary);
        var version = Text(record, "version") is { } text ? int.Parse(text.TrimStart('v'), CultureInfo.InvariantCulture) : 1;
        var published = Time(record, "published", id, day);
        return (day, new SimulatedPaper
        {
            Id = id,
            Version = version,
            Title = Text(record, "title") ?? throw new FormatException($"'title' of {id} is missing."),
            Authors = [.. record.GetProperty("authors").EnumerateArray().Select(static a => a.GetString()!)],
            Abstract = Text(record, "abstract") ?? throw new FormatException($"'abstract' of {id} is missing."),
            Categories = [primary, .. categories],
            Published = published,
            // The listings were stored months later, when 'updated' may describe a later version. For version 1, it equals 'published'.
            Updated = version == 1 ? published : Time(record, "updated", id, day),
            Comment = Text(record, "comment"),
            Doi = Text(record, "doi"),
            JournalReference = Text(record, "journal_ref"),
            Licence = Text(record, "license") ?? "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        });
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()
            : null;

    private static DateTimeOffset? Time(JsonElement record, string name, string id, DateOnly day)
    {
        if (Text(record, name) is not { } text)
            return null;
        if (text.Length != 10)
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        // Only the date is known: choose a time on that date, within the submission window if they overlap.
        var date = new DateTimeOffset(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (start, end) = EasternTime.SubmissionWindow(day);
        var from = start > date ? start : date;
        var until = end < date.AddDays(1) ? end : date.AddDays(1);
        return from < until ? Between(from, until, id) : Between(date, date.AddDays(1), id);
    }

    /// <summary>Chooses a time (whole seconds) in an interval, depending only on the identifier.</summary>
    internal static DateTimeOffset Between(DateTimeOffset from, DateTimeOffset until, string id) =>
        from.AddSeconds(Math.Floor((until - from).TotalSeconds * Chance.Share(0, id))).ToUniversalTime();
}
