using System.Globalization;
using Denoised.Tests.Summaries.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>How many faults of a kind the checks catch.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Caught">Those caught.</param>
/// <param name="Missed">Those that were not.</param>
internal sealed record KindOutcome(CorruptionKind Kind, IReadOnlyList<Corruption> Caught, IReadOnlyList<Corruption> Missed)
{
    /// <summary>All of them.</summary>
    public int Total => Caught.Count + Missed.Count;
}

/// <summary>What the checks make of the digests as they were written, of faults put into them, and of harmless ways to write the same.</summary>
internal sealed record CorruptionRun
{
    /// <summary>The seed that the figures are reported for.</summary>
    public const int DefaultSeed = 6;

    private const int PerDigest = 10;

    /// <summary>By kind.</summary>
    public required IReadOnlyList<KindOutcome> Outcomes { get; init; }

    /// <summary>Key points and sentences of digests that the checks object to.</summary>
    public required IReadOnlyList<(Digest Digest, DraftItem Item, string Sentence, string Reason)> FalseAlarms { get; init; }

    /// <summary>Digests.</summary>
    public required int Digests { get; init; }

    /// <summary>Key points and sentences of theirs, all of which are checked.</summary>
    public required int Sentences { get; init; }

    /// <summary>Harmless variants, and what the checks object to in them.</summary>
    public required IReadOnlyList<(BenignVariant Variant, string? Objection)> Benign { get; init; }

    /// <summary>Faults of kinds with a floor.</summary>
    public int WithFloor => Outcomes.Where(outcome => Corruption.HasFloor(outcome.Kind)).Sum(outcome => outcome.Total);

    /// <summary>Runs it all.</summary>
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

    /// <summary>The share of faults caught, of some kinds together; 1 where there is none.</summary>
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

    /// <summary>The table, then false alarms, then all misses where these are wanted.</summary>
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

    /// <summary>Kinds that have a floor together.</summary>
    public static IReadOnlyList<(string Name, CorruptionKind[] Kinds)> Groups { get; } =
    [
        ("numbers", [CorruptionKind.Digit, CorruptionKind.TimesTen, CorruptionKind.Unit]),
        ("names", [CorruptionKind.Name]),
        ("all with a floor", [.. Enum.GetValues<CorruptionKind>().Where(Corruption.HasFloor)]),
    ];

    private static string Percent(int part, int whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:F2} %");
}
