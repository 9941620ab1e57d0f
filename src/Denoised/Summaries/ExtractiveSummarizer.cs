using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>Chooses sentences of the abstract by rules; each one stands verbatim in its source.</summary>
public static class ExtractiveSummarizer
{
    /// <summary>The version of the rules; goes into <see cref="Provenance.PromptVersion"/>.</summary>
    public const string Version = "extractive-1";

    /// <summary>Summarizes a paper from its title and abstract.</summary>
    public static Summary Summarize(Paper paper, DateTimeOffset now, string? note = null) => new()
    {
        Tags = [Tag.All[0]],
        KeyPoints = [],
        Overview = paper.Abstract,
        Methodology = null,
        Results = null,
        Implications = null,
        Provenance = new Provenance
        {
            Method = SummaryMethod.Extractive,
            PromptVersion = Version,
            Source = TextSource.Abstract,
            PaperVersion = paper.Version,
            CreatedAt = now,
            Note = note,
        },
    };
}
