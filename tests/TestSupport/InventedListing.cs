using Denoised.Simulators.Arxiv;

namespace Denoised.TestSupport;

/// <summary>Invented papers for a simulated arXiv.</summary>
internal static class InventedListing
{
    /// <summary>Announces papers on the current day of the simulated arXiv.</summary>
    public static void Announce(ArxivSimulator arxiv, int count)
    {
        foreach (var number in Enumerable.Range(1, count))
        {
            arxiv.Announce(new SimulatedPaper
            {
                Id = $"2603.{number:00000}",
                Title = $"Bell Towers That Tell Time, Number {number}",
                Abstract =
                    $"Bell towers drift because their ropes stretch in the rain of every autumn. We propose RopeNet, a method that learns tower number {number} of the drift from recorded chimes. "
                    + $"In our experiments it improves the hour by {number + 20} percent and outperforms the verger on every tower. These results suggest that towers could be wound less often.",
                Categories = ["cs.LG"],
            });
        }
    }
}
