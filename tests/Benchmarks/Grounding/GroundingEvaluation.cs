using System.Globalization;
using Denoised.Grounding;

namespace Denoised.Benchmarks.Grounding;

/// <summary>Fits the checks of a sentence against its evidence on one half of the labelled pairs, and reports what they catch of the other half.</summary>
internal static class GroundingEvaluation
{
    public static int Run(string[] args)
    {
        var pairs = PairCorpus.Read();
        switch (args)
        {
            case ["fit", .. var rest]:
                var half = pairs.Where(pair => !pair.IsHeldOut).ToList();
                var fitted = GroundingFit.Of(half);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"new([{string.Join(", ", fitted.Weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}], {fitted.Support}, [{string.Join(", ", fitted.TopicWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}], {fitted.Topic})"));
                Print(half, fitted, rest.Contains("--misses", StringComparer.Ordinal));
                return 0;
            case ["report", .. var rest]:
                Print(pairs.Where(pair => pair.IsHeldOut).ToList(), GroundingThresholds.Default, rest.Contains("--misses", StringComparer.Ordinal));
                return 0;
            default:
                Console.Error.WriteLine("grounding fit|report [--misses]");
                return 2;
        }
    }

    private static void Print(List<LabelledPair> pairs, GroundingThresholds thresholds, bool withMisses)
    {
        Console.WriteLine("| kind | pairs | refused | share | by |");
        Console.WriteLine("| --- | ---: | ---: | ---: | --- |");
        List<string> misses = [];
        foreach (var kind in pairs.GroupBy(pair => pair.Kind).OrderBy(kind => kind.Key != LabelledPair.Faithful).ThenBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var refused = 0;
            Dictionary<GroundingKind, int> by = [];
            foreach (var pair in kind)
            {
                var findings = GroundingCheck.Check(pair.Claim, pair.Evidence, thresholds);
                refused += findings.Count > 0 ? 1 : 0;
                foreach (var check in findings.Select(finding => finding.Kind).Distinct())
                    by[check] = by.GetValueOrDefault(check) + 1;
                if (pair.IsFaithful == findings.Count > 0)
                    misses.Add($"{pair.Kind}\t{pair.Paper}\t{pair.Claim}\t{string.Join(" / ", findings.Select(finding => $"{finding.Kind}: {finding.Message}"))}\t[{pair.Evidence.Text}]");
            }

            var checks = string.Join(", ", by.OrderByDescending(entry => entry.Value).Select(entry => $"{entry.Key.ToString().ToLowerInvariant()} {entry.Value}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind.Key} | {kind.Count()} | {refused} | {100.0 * refused / kind.Count():F1} % | {checks} |"));
        }

        foreach (var miss in withMisses ? misses : [])
            Console.WriteLine(miss);
    }
}
