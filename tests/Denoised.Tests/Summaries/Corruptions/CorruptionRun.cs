using System.Globalization;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>The faults of a kind that the checks catch or miss.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Caught">The faults that the checks catch.</param>
/// <param name="Missed">The faults that the checks miss.</param>
internal sealed record KindOutcome(CorruptionKind Kind, IReadOnlyList<Corruption> Caught, IReadOnlyList<Corruption> Missed)
{
    public int Total => Caught.Count + Missed.Count;
}

/// <summary>The results of the checks for the original digests, for faults in them and for benign variants.</summary>
internal sealed record CorruptionRun
{
    /// <summary>The seed of the published figures.</summary>
    public const int DefaultSeed = 6;

    private const int PerDigest = 10;

    /// <summary>The outcome of each kind of fault.</summary>
    public required IReadOnlyList<KindOutcome> Outcomes { get; init; }

    /// <summary>Key points and sentences of the original digests that the checks object to.</summary>
    public required IReadOnlyList<(Digest Digest, DraftItem Item, string Sentence, string Reason)> FalseAlarms { get; init; }

    /// <summary>The number of digests.</summary>
    public required int Digests { get; init; }

    /// <summary>The number of key points and sentences in the digests.</summary>
    public required int Sentences { get; init; }

    /// <summary>The benign variants, each with the objection of the checks or null.</summary>
    public required IReadOnlyList<(BenignVariant Variant, string? Objection)> Benign { get; init; }

    /// <summary>The number of faults of kinds with a floor.</summary>
    public int WithFloor => Outcomes.Where(outcome => Corruption.HasFloor(outcome.Kind)).Sum(outcome => outcome.Total);

    /// <summary>Checks all digests, faults and variants.</summary>
    public static CorruptionRun Of(IReadOnlyList<Digest> digests, int seed)
    {
        var checkedDigests = digests.ToDictionary(digest => digest, digest => new CheckedDigest(digest));
        Corruptor corruptor = new(digests, seed);
        List<KindOutcome> outcomes = [];
        foreach (var kind in Enum.GetValues<CorruptionKind>())
        {
            var corruptions = corruptor.Make(kind, PerDigest).ToList();
            var byOutcome = corruptions.AsParallel().AsOrdered().Select(corruption => (Corruption: corruption, IsCaught: checkedDigests[corruption.Digest].Catches(corruption, out _))).ToLookup(outcome => outcome.IsCaught, outcome => outcome.Corruption);
            outcomes.Add(new KindOutcome(kind, [.. byOutcome[true]], [.. byOutcome[false]]));
        }

        return new CorruptionRun
        {
            Outcomes = outcomes,
            FalseAlarms = [.. digests.SelectMany(digest => checkedDigests[digest].FalseAlarms().Select(alarm => (digest, alarm.Item, alarm.Sentence, alarm.Reason)))],
            Digests = digests.Count,
            Sentences = digests.Sum(digest => DraftItem.In(digest.Draft).Sum(item => item.SentenceTexts(digest.Draft).Count())),
            Benign = [.. BenignVariant.Of(digests, seed).ToList().AsParallel().AsOrdered().Select(variant => (variant, variant.Objection(checkedDigests[variant.Digest])))],
        };
    }

    /// <summary>The share of caught faults of some kinds together; 1 if there are no faults.</summary>
    public double Share(params ReadOnlySpan<CorruptionKind> kinds)
    {
        int caught = 0, total = 0;
        foreach (var kind in kinds)
        {
            var outcome = Outcomes.Single(outcome => outcome.Kind == kind);
            caught += outcome.Caught.Count;
            total += outcome.Total;
        }

        return total == 0 ? 1 : (double)caught / total;
    }

    /// <summary>The report: the table, the false alarms and optionally the missed faults.</summary>
    public IEnumerable<string> Lines(bool withMisses)
    {
        var none = CultureInfo.InvariantCulture;
        foreach (var outcome in Outcomes)
        {
            yield return string.Create(
                none, $"{outcome.Kind,-14}{(Corruption.HasFloor(outcome.Kind) ? "      " : " (free)")} {outcome.Caught.Count,5} of {outcome.Total,5} caught {Percent(outcome.Caught.Count, outcome.Total),8}");
        }

        foreach (var (name, kinds) in Groups)
            yield return string.Create(none, $"{name,-22} {Share(kinds) * 100,6:F2} %");
        yield return string.Create(none, $"{WithFloor} faults with a floor, {Outcomes.Sum(outcome => outcome.Total)} in all");

        var alarmed = FalseAlarms.Select(alarm => alarm.Digest.Name).Distinct(StringComparer.Ordinal).Count();
        yield return string.Create(none, $"false alarms: {FalseAlarms.Count} of {Sentences} key points and sentences {Percent(FalseAlarms.Count, Sentences)}, in {alarmed} of {Digests} digests {Percent(alarmed, Digests)}");
        foreach (var (digest, item, sentence, reason) in FalseAlarms)
            yield return $"  {digest.Name} | {item} | {(reason.Length > 0 ? reason : sentence)}";

        foreach (var way in Benign.GroupBy(variant => variant.Variant.Way))
            yield return string.Create(none, $"benign: {way.Key,-24} {way.Count(variant => variant.Objection is not null),4} of {way.Count(),4} objected to");
        foreach (var (variant, objection) in Benign.Where(variant => variant.Objection is not null))
            yield return $"  {variant} | {objection}";

        if (!withMisses)
            yield break;
        foreach (var miss in Outcomes.Where(outcome => Corruption.HasFloor(outcome.Kind)).SelectMany(outcome => outcome.Missed))
            yield return $"missed: {miss}";
    }

    /// <summary>Groups of kinds with a common floor.</summary>
    public static IReadOnlyList<(string Name, CorruptionKind[] Kinds)> Groups { get; } =
    [
        ("numbers", [CorruptionKind.Digit, CorruptionKind.TimesTen, CorruptionKind.Unit]),
        ("names", [CorruptionKind.Name]),
        ("all with a floor", [.. Enum.GetValues<CorruptionKind>().Where(Corruption.HasFloor)]),
    ];

    private static string Percent(int part, int whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:F2} %");
}
