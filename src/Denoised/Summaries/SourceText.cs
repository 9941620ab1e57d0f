using Denoised.Arxiv.Text;
using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>What is read to write a summary. Lives only while the paper is being summarized.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Text">What the model is given.</param>
/// <param name="Findings">What was odd about it, a sentence each.</param>
/// <param name="Paper">The whole, sectioned: what the model's words are checked against.</param>
public sealed record SourceText(TextSource Source, string Text, IReadOnlyList<string> Findings, PaperText Paper)
{
    /// <summary>A paper of which only the abstract is there.</summary>
    public static SourceText OfAbstract(string title, string @abstract, params IReadOnlyList<string> findings) =>
        new(TextSource.Abstract, $"Title: {title}\n\nAbstract: {@abstract}", findings, PaperText.OfAbstract(title, @abstract));
}

/// <summary>What came of reading a paper's text.</summary>
public abstract record TextOutcome
{
    /// <summary>There it is.</summary>
    public sealed record Read(SourceText Text) : TextOutcome;

    /// <summary>Not now.</summary>
    public sealed record Later(SummaryObstacle Obstacle, string Reason, TimeSpan For) : TextOutcome;

    private TextOutcome()
    {
    }
}

/// <summary>Where the texts of papers come from.</summary>
public interface IPaperTextSource
{
    /// <summary>Reads a paper's text; the abstract where there is nothing better.</summary>
    Task<TextOutcome> ReadAsync(PaperRow row, CancellationToken cancellationToken);
}
