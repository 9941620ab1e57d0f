using Denoised.Model;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>
/// The results of the checks for the original digest, and whether they catch a fault in it. A fault is caught if
/// <list type="bullet">
/// <item>a failure that the original digest does not have names the text with the fault, or</item>
/// <item>the checks accept the text without the fault and not with it: its key point is missing or weak, or its field is null or lacks the place.</item>
/// </list>
/// Results for other texts do not count, and neither do failures and marks that the original digest has.
/// </summary>
internal sealed class CheckedDigest(Digest digest)
{
    private readonly CheckedDraft clean = Check(digest, digest.Draft);

    public Digest Digest => digest;

    /// <summary>The failures of the original digest.</summary>
    public IReadOnlyList<string> Failures => clean.Failures;

    /// <summary>Checks a draft of the digest's paper.</summary>
    public static CheckedDraft Check(Digest digest, ModelDraft draft) => SummaryCheck.Run(draft, digest.Source.Paper, digest.Source.Given);

    /// <summary>Whether the checks accept a text, or a place in it, and do not mark it as weak.</summary>
    public static bool IsAccepted(CheckedDraft result, ModelDraft draft, DraftItem item, string? place = null)
    {
        if (result.Accepted is not { } accepted)
            return false;
        var text = item.Of(draft)!.Trim();
        return item.Field switch
        {
            DraftField.Claim => accepted.KeyPoints.Any(point => point.Claim.Trim() == text && point.Evidence is { Weak: false }),
            DraftField.Summary => Holds(accepted.Overview),
            DraftField.Methodology => Holds(accepted.Methodology),
            DraftField.Results => Holds(accepted.Results),
            _ => Holds(accepted.Implications),
        };

        bool Holds(string? shown) => shown is not null && (place is null ? shown.Trim() == text : shown.Contains(place.Trim(), StringComparison.Ordinal));
    }

    /// <summary>The texts of a draft that the checks object to, each with the first failure that names it.</summary>
    public static IEnumerable<(DraftItem Item, string Reason)> Objections(CheckedDraft result, ModelDraft draft)
    {
        HashSet<string> named = [];
        foreach (var item in DraftItem.In(draft))
        {
            if (IsAccepted(result, draft, item))
                continue;

            var reasons = result.Failures.Concat(result.Findings).Where(said => said.Contains(item.FailureName, StringComparison.OrdinalIgnoreCase)).ToList();
            named.UnionWith(reasons);
            yield return (item, reasons.Count > 0 ? string.Join(" / ", reasons.Distinct(StringComparer.Ordinal)) : "not accepted, or weak, without a word");
        }

        foreach (var failure in result.Failures.Where(failure => !named.Contains(failure)))
        {
            var item = DraftItem.In(draft).Where(item => failure.StartsWith(item.FailureName, StringComparison.OrdinalIgnoreCase)).Select(item => (DraftItem?)item).FirstOrDefault();
            yield return (item ?? new DraftItem(DraftField.Summary), failure);
        }
    }

    /// <summary>The texts of the original digest that the checks object to.</summary>
    public IEnumerable<(DraftItem Item, string Reason)> Objections() => Objections(clean, digest.Draft);

    /// <summary>The false alarms: key points and sentences of the original digest that are missing or weak after the checks, with the reasons.</summary>
    public IEnumerable<(DraftItem Item, string Sentence, string Reason)> FalseAlarms() =>
        from item in DraftItem.In(digest.Draft)
        from sentence in item.SentenceTexts(digest.Draft)
        where !IsAccepted(clean, digest.Draft, item, sentence)
        select (item, sentence, string.Join(" / ", clean.Failures.Where(failure => failure.Contains(DraftTexts.Shorten(sentence), StringComparison.Ordinal))));

    /// <summary>Whether the checks catch a fault.</summary>
    public bool Catches(Corruption corruption, out CheckedDraft result)
    {
        result = Check(digest, corruption.Draft);
        var item = corruption.Item;
        if (result.Failures.Except(clean.Failures, StringComparer.Ordinal).Any(failure => failure.Contains(item.FailureName, StringComparison.OrdinalIgnoreCase)))
            return true;
        return IsAccepted(clean, digest.Draft, item, corruption.Before) && !IsAccepted(result, corruption.Draft, item, corruption.After);
    }
}
