using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Collecting;
using Denoised.Domain;

namespace Denoised.LocalHost.Samples;

/// <summary>
/// The invented papers of sample-papers.json. Their identifiers (of December 1999) do not exist on arXiv, which used a different scheme until 2007.
/// </summary>
internal sealed class SamplePapers : ISamplePapers
{
    private const string Resource = "sample-papers.json";
    private const string Version = "sample-1";
    private const string Section = "Abstract";

    private readonly Lazy<SampleFile> file = new(ReadFile);

    /// <inheritdoc/>
    public IReadOnlyList<AnnouncedPaper> Read() => [.. file.Value.Papers.Select((sample, position) => new AnnouncedPaper(sample.Paper(), sample.Announced, position))];

    /// <inheritdoc/>
    public Summary? SummaryOf(ArxivId id, DateTimeOffset now) => file.Value.Papers.First(sample => sample.Id == id.Value) is { Summary: { } written } sample
        ? new Summary
        {
            Tags = written.Tags,
            Tldr = PointOf(written.Tldr),
            KeyPoints = [.. written.Points.Select(PointOf)],
            Overview = written.Summary,
            Methodology = written.Methodology,
            Results = written.Results,
            ResultsEvidence = new Evidence(written.ResultsQuote, Section),
            Implications = written.Implications,
            Provenance = new Provenance { Method = SummaryMethod.Sample, PromptVersion = Version, Source = TextOrigin.Abstract, PaperVersion = sample.Version, CreatedAt = now },
        }
        : null;

    /// <inheritdoc/>
    public DailyOverview? OverviewAt(DateTimeOffset now)
    {
        var slugs = new List<string>();
        return new DailyOverview
        {
            Paragraph = file.Value.Overview.Paragraph,
            Themes = [.. file.Value.Overview.Themes.Select(theme =>
            {
                slugs.Add(OverviewTheme.SlugOf(theme.Title, slugs));
                return new OverviewTheme(theme.Title, slugs[^1], theme.Sentence, [.. theme.Papers.Select(ArxivId.Parse)]);
            })],
            Provenance = new OverviewProvenance { Method = SummaryMethod.Sample, PromptVersion = Version, Papers = file.Value.Papers.Count, CreatedAt = now },
        };
    }

    private static KeyPoint PointOf(SamplePoint point) =>
        new(point.Claim, new Evidence(point.Quote, Section), point.MoreQuote is { } more ? new Evidence(more, Section) : null);

    /// <summary>Reads the file.</summary>
    internal static SampleFile ReadFile()
    {
        using var stream = typeof(SamplePapers).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        return JsonSerializer.Deserialize(stream, SamplePapersJson.Default.SampleFile) ?? throw new InvalidDataException($"{Resource} is empty.");
    }

    /// <summary>The content of the sample file.</summary>
    /// <param name="About">A note that all content is invented.</param>
    /// <param name="Overview">The overview of the day.</param>
    /// <param name="Papers">The papers, in order.</param>
    internal sealed record SampleFile(string About, SampleOverview Overview, IReadOnlyList<Sample> Papers);

    /// <summary>The overview of the day.</summary>
    internal sealed record SampleOverview(string Paragraph, IReadOnlyList<SampleTheme> Themes);

    /// <summary>A theme shared by several samples.</summary>
    internal sealed record SampleTheme(string Title, string Sentence, IReadOnlyList<string> Papers);

    /// <summary>A hand-written summary. Its quotes occur in the abstract.</summary>
    internal sealed record SampleSummary(
        IReadOnlyList<string> Tags, SamplePoint Tldr, IReadOnlyList<SamplePoint> Points, string Summary, string Methodology, string Results, string ResultsQuote, string Implications);

    /// <summary>The TL;DR or a key point, with one or two quotes.</summary>
    internal sealed record SamplePoint(string Claim, string Quote, string? MoreQuote = null);

    /// <summary>One paper of the file. Members correspond to those of <see cref="Domain.Paper"/>; <c>Topic</c> is the intended tag.</summary>
    internal sealed record Sample(
        string Id, string Topic, string Title, IReadOnlyList<string> Authors, string Abstract, IReadOnlyList<string> Categories,
        AnnounceType Announced = AnnounceType.New, int Version = 1, string? Comment = null, string? Doi = null, string? JournalReference = null,
        SampleSummary? Summary = null)
    {
        public Paper Paper() => new()
        {
            Id = ArxivId.Parse(Id),
            Version = Version,
            Title = Title,
            Authors = Authors,
            Abstract = Abstract,
            PrimaryCategory = Categories[0],
            Categories = Categories,
            Comment = Comment,
            Doi = Doi,
            JournalReference = JournalReference,
        };
    }
}

/// <summary>The JSON metadata of the sample file.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SamplePapers.SampleFile))]
internal sealed partial class SamplePapersJson : JsonSerializerContext;
