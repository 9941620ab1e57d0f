using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Papers;

namespace Denoised.LocalHost.Samples;

/// <summary>The invented papers of sample-papers.json. Their identifiers, of December 1999, are none that arXiv ever gave: it counted otherwise until 2007.</summary>
internal sealed class SamplePapers : ISamplePapers
{
    private const string Resource = "sample-papers.json";

    private readonly Lazy<IReadOnlyList<AnnouncedPaper>> papers = new(
        () => [.. ReadFile().Papers.Select((sample, position) => new AnnouncedPaper(sample.Paper(), sample.Announced, position))]);

    /// <inheritdoc/>
    public IReadOnlyList<AnnouncedPaper> Read() => papers.Value;

    /// <summary>The file as it is.</summary>
    internal static SampleFile ReadFile()
    {
        using var stream = typeof(SamplePapers).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        return JsonSerializer.Deserialize(stream, SamplePapersJson.Default.SampleFile) ?? throw new InvalidDataException($"{Resource} is empty.");
    }

    /// <summary>The file.</summary>
    /// <param name="About">Says that all of it is invented.</param>
    /// <param name="Papers">The papers, in order.</param>
    internal sealed record SampleFile(string About, IReadOnlyList<Sample> Papers);

    /// <summary>One paper of the file; members have the meaning of <see cref="Denoised.Papers.Paper"/>'s, and <c>Topic</c> is the tag that it was written for.</summary>
    internal sealed record Sample(
        string Id, string Topic, string Title, IReadOnlyList<string> Authors, string Abstract, IReadOnlyList<string> Categories,
        AnnounceType Announced = AnnounceType.New, int Version = 1, string? Comment = null, string? Doi = null, string? JournalReference = null)
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

/// <summary>The JSON of the sample file.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SamplePapers.SampleFile))]
internal sealed partial class SamplePapersJson : JsonSerializerContext;
