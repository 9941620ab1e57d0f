using System.Globalization;
using Denoised.LocalHost.Emulator;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Simulators.Storage;
using Denoised.TestSupport.Chaos;

namespace Denoised.Benchmarks.Faults;

/// <summary>Wild days, a seed each: three of four with the papers' full text, every other with clocks that are minutes apart.</summary>
internal static class ChaosRun
{
    private const int WholeRun = 20;
    private const int FewestOfKind = 100;

    /// <summary>Never drawn: these follow from what the product does, or from a switch.</summary>
    private static readonly Enum[] notDrawn = [ArxivFault.Down, ArxivFault.LimitEnforced, OpenAiFault.Quota];

    public static async Task<int> RunAsync(string[] args)
    {
        var (first, last, kills, atOnce) = (1, WholeRun, 50, 1);
        bool? fullText = null;
        for (var index = 0; index + 1 < args.Length; index += 2)
        {
            switch (args[index], args[index + 1].Split('-'))
            {
                case ("--seeds", [var one]):
                    first = last = int.Parse(one, CultureInfo.InvariantCulture);
                    break;
                case ("--seeds", [var from, var to]):
                    (first, last) = (int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture));
                    break;
                case ("--kills", [var count]):
                    kills = int.Parse(count, CultureInfo.InvariantCulture);
                    break;
                case ("--at-once", [var count]):
                    atOnce = int.Parse(count, CultureInfo.InvariantCulture);
                    break;
                case ("--full-text", [var how and ("on" or "off")]):
                    fullText = how == "on";
                    break;
                default:
                    await Console.Error.WriteLineAsync($"{args[index]} {args[index + 1]} is not understood.");
                    return 2;
            }
        }

        if (RealData.Find("arxiv/listings") is not { } listings)
            throw new DirectoryNotFoundException("The real listing days (../shared/data/arxiv/listings, or below DENOISED_REAL_DATA) are not on this machine.");

        var outcomes = new List<ChaosOutcome>();
        await Parallel.ForEachAsync(Enumerable.Range(first, last - first + 1), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (seed, stop) =>
        {
            await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { ExtraAccounts = 1 }, Console.Error.WriteLine, stop);
            var options = new ChaosOptions
            {
                Seed = seed,
                Storage = azurite.TakeAccount(),
                Listings = listings,
                Program = Rig.Program,
                Kills = kills,
                FullText = fullText ?? seed % 4 != 0,
                Skew = seed % 2 == 1 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(3),
            };
            try
            {
                var outcome = await ChaosDay.RunAsync(options, Console.WriteLine, stop);
                lock (outcomes)
                {
                    outcomes.Add(outcome);
                    if (outcomes.Count == 1)
                        Console.WriteLine("seed  text clocks   time papers model extr. failed | kills in-flight calls | paid  most faults repairs given-up | arXiv faults | storage faults | editions | ended | verdict");
                    Console.WriteLine(Row(outcome, options));
                    // A day's own, so that a run that is ended before its end can be added up.
                    Console.WriteLine($"      met at arXiv: {Kinds(outcome.ArxivFaults)}; at the model: {Kinds(outcome.ModelFaults)}; at storage: {Kinds(outcome.StorageFaults)}");
                    foreach (var wrong in outcome.Wrongs)
                        Console.WriteLine($"      {wrong}");
                }
            }
            catch (TimeoutException exception)
            {
                Console.WriteLine(exception.Message);
            }
        });

        var hold = Sum("arXiv", outcomes.Select(outcome => outcome.ArxivFaults), outcomes.Count);
        hold &= Sum("the model", outcomes.Select(outcome => outcome.ModelFaults), outcomes.Count);
        hold &= Sum("storage", outcomes.Select(outcome => outcome.StorageFaults), outcomes.Count);
        var (all, inFlight) = (outcomes.Sum(outcome => outcome.Kills), outcomes.Sum(outcome => outcome.KillsInFlight));
        hold &= Goal.Report($"of {all} kills {inFlight} with a call in flight: {100.0 * inFlight / Math.Max(all, 1):0} % ≥ 60 %", inFlight >= 0.6 * all);
        hold &= Goal.Report($"at least 50 kills a day, or as many as were asked for ({kills})", outcomes.TrueForAll(outcome => outcome.Kills >= kills));
        hold &= Goal.Report($"{outcomes.Count} of {last - first + 1} days without a wrong: announced = shown at every moment, none twice, none lost, nothing missing, arXiv's limits kept, every paper final with its reason, paid calls within the bound", outcomes.Count == last - first + 1 && outcomes.TrueForAll(outcome => outcome.Wrongs.Count == 0));
        return hold ? 0 : 1;
    }

    private static string Row(ChaosOutcome day, ChaosOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{day.Seed,4} {(options.FullText ? "full" : "abs."),5} {"±" + (options.Skew.TotalMinutes >= 1 ? $"{options.Skew.TotalMinutes:0} min" : $"{options.Skew.TotalSeconds:0} s"),6} {day.Elapsed,6:m\\:ss} {day.Papers,6} {day.ByModel,5} {day.Extractive,5} {day.Failed,6} | {day.Kills,5} {day.KillsInFlight,9} {day.CallsInFlight,5} | {day.PaidCalls,4} {day.MostPaidCalls,5} {day.ModelFaults.Values.Sum(),6} {day.Repairs,7} {day.GivenUp,8} | {day.ArxivRequests,5} {day.ArxivFaults.Values.Sum(),6} | {day.StorageRequests,7} {day.StorageFaults.Values.Sum(),6} | {day.Editions,8} | {day.Collapses,5} | {(day.Wrongs.Count == 0 ? "holds" : "FAILS")}");

    /// <summary>How often each kind was met. Only a whole run is long enough for a hundred of each.</summary>
    private static bool Sum<TFault>(string where, IEnumerable<IReadOnlyDictionary<TFault, int>> days, int count)
        where TFault : struct, Enum
    {
        var met = Enum.GetValues<TFault>().Where(fault => !notDrawn.Contains((Enum)(object)fault)).ToDictionary(fault => fault, fault => days.Sum(day => day.GetValueOrDefault(fault)));
        Console.WriteLine($"Met at {where}: {Kinds(met)}");
        var fewest = FewestOfKind * count / WholeRun;
        return Goal.Report($"each kind at least {fewest} times", met.Values.Min() >= fewest);
    }

    private static string Kinds<TFault>(IReadOnlyDictionary<TFault, int> met)
        where TFault : struct, Enum =>
        string.Join(", ", met.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}"));
}
