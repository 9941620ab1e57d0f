

using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Simulators.Storage;

namespace Denoised.Functions.Tests.Chaos;

/// <summary>What became of a wild day. Shared by tests and benchmarks.</summary>
internal sealed record ChaosOutcome
{
    public required int Seed { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Papers that arXiv announced.</summary>
    public required int Papers { get; init; }

    public required int ByModel { get; init; }

    public required int Extractive { get; init; }

    public required int Failed { get; init; }

    public required int Kills { get; init; }

    /// <summary>Kills at which a call to the model was open.</summary>
    public required int KillsInFlight { get; init; }

    /// <summary>Calls in flight at the kills: open at the model, or answered and not yet written.</summary>
    public required int CallsInFlight { get; init; }

    public required int PaidCalls { get; init; }

    /// <summary>Answers that the product had to have repaired.</summary>
    public required int Repairs { get; init; }

    /// <summary>Calls without a fault that the product gave up for want of time: on a machine that is not too busy there are none.</summary>
    public required int GivenUp { get; init; }

    /// <summary>How often an instance ended by itself.</summary>
    public required int Collapses { get; init; }

    public required int Editions { get; init; }

    public required int ShownAtFirst { get; init; }

    public required long StorageRequests { get; init; }

    public required int ArxivRequests { get; init; }

    public required IReadOnlyDictionary<ArxivFault, int> ArxivFaults { get; init; }

    public required IReadOnlyDictionary<OpenAiFault, int> ModelFaults { get; init; }

    public required IReadOnlyDictionary<StorageFault, int> StorageFaults { get; init; }

    /// <summary>What should not have happened, a sentence each.</summary>
    public required IReadOnlyList<string> Wrongs { get; init; }

    /// <summary>The most calls that may be paid: faults, repairs and kills cost, and three in a hundred beyond.</summary>
    public int MostPaidCalls => (int)(1.03 * (Papers + ModelFaults.Values.Sum() + Repairs)) + CallsInFlight + GivenUp;
}
