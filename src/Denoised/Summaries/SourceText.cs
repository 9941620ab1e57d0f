using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>What is read to write a summary. Lives only while the paper is being summarized.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Text">Title and text.</param>
/// <param name="Findings">What was odd about it, a sentence each.</param>
public sealed record SourceText(TextSource Source, string Text, IReadOnlyList<string> Findings);

/// <summary>Where the texts of papers come from.</summary>
public interface IPaperTextSource
{
    /// <summary>Reads a paper's text; the abstract where there is nothing better.</summary>
    Task<SourceText> ReadAsync(PaperRow row, CancellationToken cancellationToken);
}

/// <summary>Gives the abstract.</summary>
public sealed class AbstractTextSource : IPaperTextSource
{
    /// <inheritdoc/>
    public Task<SourceText> ReadAsync(PaperRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Task.FromResult(new SourceText(TextSource.Abstract, $"Title: {row.Paper.Title}\n\nAbstract: {row.Paper.Abstract}", []));
    }
}
