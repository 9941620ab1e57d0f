using Denoised.Arxiv.Calendar;
using Denoised.Benchmarks.Growth;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.LocalHost.Settings;
using Denoised.Model;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Benchmarks.Micro;

/// <summary>What the benchmarks work on: invented papers as rows and as readers see them, and files of the real input.</summary>
internal static class Papers
{
    /// <summary>A heavy day's papers.</summary>
    public const int OfDay = 262;

    public static ListingDay Day { get; } = ListingDay.Parse("2026-03-17");

    /// <summary>A day's rows, with extractive summaries.</summary>
    public static IReadOnlyList<PaperRow> Rows(int count = OfDay)
    {
        var plan = new SummaryPlan(Options.Create(new SummarizerOptions()), Options.Create(new CollectOptions()));
        var now = new DateTimeOffset(Day.Date.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero);
        return [.. new InventedArxiv(seed: 1).Day(Day, count).Select((paper, place) => plan.CreateRow(GrowthScenario.Announced(paper, place), Day, place, isNewest: true, now))];
    }

    public static PaperView[] Views(int count = OfDay) => [.. Rows(count).Select(PaperViews.View)];

    public static PageTemplate Template() => PageTemplate.Parse("benchmark", File.ReadAllText(Path.Combine(Repository.Root, "frontend", "index.html")));

    /// <summary>A file of the real input.</summary>
    /// <exception cref="FileNotFoundException">It is not on this machine.</exception>
    public static string Real(string path) => RealData.Find(path) ?? throw new FileNotFoundException($"The real input ../shared/data/{path} is not on this machine.");
}
