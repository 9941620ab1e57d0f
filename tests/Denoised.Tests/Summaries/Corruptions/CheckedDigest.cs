

using Denoised.Model;
using Denoised.Summaries.Checks;
using Denoised.Tests.Summaries.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>
/// What the checks say of a digest as it was written, and whether they catch a fault put into it. This is the one place that says what "caught" means:
/// <list type="bullet">
/// <item>a failure that the digest does not have without the fault names the text that holds it, or</item>
/// <item>the text is accepted without the fault and is not accepted with it: its key point is gone or marked weak, its field is null or has lost the place.</item>
/// </list>
/// What happens to other texts does not count, nor does a failure or a mark that is there without the fault.
/// </summary>
internal sealed class CheckedDigest(Digest digest)
{
    private readonly CheckedDraft clean = Check(digest, digest.Draft);

    /// <summary>The digest.</summary>
    public Digest Digest => digest;

    /// <summary>The failures of the digest without a fault.</summary>
    public IReadOnlyList<string> Failures => clean.Failures;

    /// <summary>Checks a draft of the digest's paper.</summary>
    public static CheckedDraft Check(Digest digest, ModelDraft draft) => SummaryCheck.Run(draft, digest.Source.Paper, digest.Source.Given);

    /// <summary>Whether a text as a whole, or a place in it, is accepted and not marked weak.</summary>
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

    /// <summary>The texts that a draft's checks object to without a cause, with the first failure that names them.</summary>
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

    /// <summary>The texts of the digest as it was written that the checks object to.</summary>
    public IEnumerable<(DraftItem Item, string Reason)> Objections() => Objections(clean, digest.Draft);

    /// <summary>The false alarms: key points and sentences of the digest as it was written that are not shown, or are marked weak, with what was said of them.</summary>
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
