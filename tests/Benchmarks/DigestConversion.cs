using System.Globalization;
using System.Text.Json;
using Denoised.TestSupport.Digests;

namespace Denoised.Benchmarks;

/// <summary>
/// Turns digests written with their quotes in words into files whose quotes are places in the paper, so that no words of a paper enter the tree.
/// Drafts lie outside of it: a file for a paper, <c>{ "paper": "html/….html", "digests": [ { "about": …, and the fields of a model's answer } ] }</c>.
/// </summary>
internal static class DigestConversion
{
    /// <summary>Writes a file for each draft file without fault; 1 where there is one with faults, all of which are printed.</summary>
    public static int Run(string folder)
    {
        var isClean = true;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            List<string> faults = [];
            try
            {
                if (Convert(DigestDrafts.Read(File.ReadAllText(path)), faults) is { } converted && faults.Count == 0)
                {
                    Directory.CreateDirectory(DigestCorpus.Folder);
                    File.WriteAllText(Path.Combine(DigestCorpus.Folder, name), converted.Write());
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {converted.Digests.Count} digests"));
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidDataException)
            {
                faults.Add(exception.Message);
            }

            isClean &= faults.Count == 0;
            foreach (var fault in faults)
                Console.WriteLine($"{name}: {fault}");
        }

        return isClean ? 0 : 1;
    }

    /// <summary>Prints a paper as quotes are looked up in it: a passage a line, its heading where it changes.</summary>
    public static int Print(string file)
    {
        if (DigestCorpus.TryReadPaper(file) is not { } source)
        {
            Console.Error.WriteLine($"There is no {file} in the real data.");
            return 1;
        }

        var heading = "";
        foreach (var (section, text) in source.Text.Passages)
        {
            if (section != heading)
                Console.WriteLine($"\n# {section}");
            heading = section;
            Console.WriteLine(text);
        }

        return 0;
    }

    private static DigestFile? Convert(DigestDrafts drafts, List<string> faults)
    {
        if (DigestCorpus.TryReadPaper(drafts.Paper) is not { } source)
        {
            faults.Add($"there is no {drafts.Paper} in the real data");
            return null;
        }

        List<StoredDigest> digests = [];
        foreach (var draft in drafts.Digests)
        {
            List<StoredPoint> points = [];
            var index = 0;
            foreach (var point in draft.KeyPoints)
            {
                var label = string.Create(CultureInfo.InvariantCulture, $"keyPoints[{index++}].quote");
                if (Place(source.Text, draft, label, point.Quote, faults) is { } place)
                    points.Add(new StoredPoint(point.Claim ?? "", point.Section ?? "", place));
            }

            digests.Add(new StoredDigest
            {
                About = draft.About,
                Tags = draft.Tags,
                KeyPoints = points,
                Summary = draft.Summary,
                Methodology = draft.Methodology,
                Results = draft.Results,
                ResultsQuote = draft.ResultsQuote is null ? null : Place(source.Text, draft, "resultsQuote", draft.ResultsQuote, faults),
                Implications = draft.Implications,
            });
            faults.AddRange(DigestRules.Faults(draft, source.Text).Select(fault => $"{draft.About}: {fault}"));
        }

        faults.AddRange(drafts.Digests.GroupBy(draft => draft.About).Where(same => same.Skip(1).Any()).Select(same => $"two digests are about \"{same.Key}\""));
        return new DigestFile(drafts.Paper, digests);
    }

    private static QuotePlace? Place(QuotableText text, DigestDraft draft, string label, string? quote, List<string> faults)
    {
        if (quote is not null && text.Find(quote) is { } place)
        {
            if (!text.TryRead(place, out var read, out _) || QuotableText.Normalize(read) != QuotableText.Normalize(quote))
                faults.Add($"{draft.About}: {label} cannot be told apart from what stands beside it: {quote}");
            return place;
        }

        faults.Add($"{draft.About}: {label} is not in the paper{FarthestMatch(text, quote ?? "")}");
        return null;
    }

    /// <summary>How far a quote agrees with the paper, and how the paper goes on from there.</summary>
    private static string FarthestMatch(QuotableText text, string quote)
    {
        var normalized = QuotableText.Normalize(quote);
        int low = 0, high = normalized.Length;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = text.Normalized.Contains(normalized[..middle], StringComparison.Ordinal) ? (middle, high) : (low, middle - 1);
        }

        var at = text.Normalized.IndexOf(normalized[..low], StringComparison.Ordinal) + low;
        return $": it agrees up to \"…{normalized[Math.Max(0, low - 30)..low]}\", then has \"{normalized[low..Math.Min(normalized.Length, low + 20)]}\" where the paper has \"{text.Normalized[at..Math.Min(text.Normalized.Length, at + 20)]}\" ({quote})";
    }
}
