using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Simulators.Storage;

namespace Denoised.TestSupport.Chaos;

/// <summary>The result of a day. Shared by tests and benchmarks.</summary>
internal sealed record ChaosOutcome
{
    public required int Seed { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>The number of announced papers.</summary>
    public required int Papers { get; init; }

    public required int ByModel { get; init; }

    public required int Extractive { get; init; }

    public required int Failed { get; init; }

    public required int Kills { get; init; }

    /// <summary>The number of kills during a model call.</summary>
    public required int KillsInFlight { get; init; }

    /// <summary>The number of calls that the kills interrupted: in flight at the model, or answered and not stored.</summary>
    public required int CallsInFlight { get; init; }

    public required int PaidCalls { get; init; }

    /// <summary>The number of responses that needed a repair.</summary>
    public required int Repairs { get; init; }

    /// <summary>The number of calls without a fault that the product timed out. Only a busy machine causes such calls.</summary>
    public required int GivenUp { get; init; }

    /// <summary>The number of processes that ended by themselves.</summary>
    public required int Collapses { get; init; }

    public required int Editions { get; init; }

    public required int ShownAtFirst { get; init; }

    public required long StorageRequests { get; init; }

    public required int ArxivRequests { get; init; }

    public required IReadOnlyDictionary<ArxivFault, int> ArxivFaults { get; init; }

    public required IReadOnlyDictionary<OpenAiFault, int> ModelFaults { get; init; }

    public required IReadOnlyDictionary<StorageFault, int> StorageFaults { get; init; }

    /// <summary>Violations of the guarantees, one sentence each.</summary>
    public required IReadOnlyList<string> Wrongs { get; init; }

    /// <summary>The maximum number of paid calls: one per paper, fault, repair and interrupted call, plus three percent.</summary>
    public int MostPaidCalls => (int)(1.03 * (Papers + ModelFaults.Values.Sum() + Repairs)) + CallsInFlight + GivenUp;
}
