using System.Globalization;
using Denoised.Overviews;
using Denoised.Simulators.Arxiv;
using Denoised.Tests.Model;

namespace Denoised.Tests.Overviews;

/// <summary>Announces days of invented papers in groups of four on the same subject.</summary>
internal static class DayWorld
{
    private static readonly (string Title, string About)[] subjects =
    [
        ("Lantern Routing", "lantern routing with a graph neural network over harbours"),
        ("Glacier Forecasting", "glacier forecasting as time series of slow rivers"),
        ("Orchard Grippers", "orchard grippers, robots whose policy is found by reinforcement learning"),
        ("Whisper Transcripts", "whisper transcripts, in which a large language model repairs quiet speech"),
    ];

    public static SimulatedPaper Invented(int number)
    {
        var (title, about) = subjects[number % subjects.Length];
        return ModelWorld.Invented(number) with
        {
            Title = $"{title} for the Case of Number {number}",
            Abstract = $"Nobody has yet looked at {about}. We propose a method for it and train it on {number + 30} invented cases. "
                + $"In our experiments {title.ToLowerInvariant()} improves on the best known method by {number + 10} percent. These results suggest that such cases can be handled with very little data.",
        };
    }

    public static void AnnounceDay(this ModelWorld world, int count, int first = 1)
    {
        foreach (var number in Enumerable.Range(first, count))
            world.Arxiv.Announce(Invented(number));
    }

    public static async Task<OverviewRow?> OverviewAsync(this ModelWorld world) =>
        (await world.Product.Get<OverviewTable>().ReadAsync(ModelWorld.Tuesday, TestContext.Current.CancellationToken)).Row;

    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);
}
