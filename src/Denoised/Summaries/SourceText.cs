using Denoised.Arxiv.Text;
using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>What is read to write a summary. Lives only while the paper is being summarized.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Numbered">What the model is given.</param>
/// <param name="Findings">What was odd about it, a sentence each.</param>
/// <param name="Paper">The whole, sectioned: what the model's words are checked against.</param>
public sealed record SourceText(TextSource Source, NumberedText Numbered, IReadOnlyList<string> Findings, PaperText Paper)
{
    /// <summary>What the model is given, each sentence behind its number.</summary>
    public string Text => Numbered.Text;

    /// <summary>A paper of which only the abstract is there.</summary>
    public static SourceText OfAbstract(string title, string @abstract, params IReadOnlyList<string> findings) =>
        Of(PaperText.OfAbstract(title, @abstract), findings, NumberedText.Of);

    /// <summary>A paper as a model is given it: without what readers cannot see and without what addresses a model, both recorded.</summary>
    /// <param name="paper">The paper, title and abstract as arXiv has them.</param>
    /// <param name="findings">What is known of it already.</param>
    /// <param name="write">Writes what the model is given.</param>
    public static SourceText Of(PaperText paper, IReadOnlyList<string> findings, Func<PaperText, NumberedText> write)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(write);
        var hidden = new HiddenTextLog();
        paper = paper with { Title = Characters.WithoutInvisible(paper.Title, hidden), Abstract = Characters.WithoutInvisible(paper.Abstract, hidden) };
        paper = PromptInjectionFilter.Remove(paper with { Hidden = [.. paper.Hidden, .. hidden.Findings] });
        List<string> all = [.. findings];
        if (paper.Hidden.Count > 0)
            all.Add($"Text that readers cannot see was removed: {paper.Hidden.Count} {(paper.Hidden.Count == 1 ? "passage" : "passages")}.");
        if (paper.LeftOut.Count > 0)
            all.Add($"{paper.LeftOut.Count} {(paper.LeftOut.Count == 1 ? "passage that states nothing about the work was" : "passages that state nothing about the work were")} left out.");
        return new SourceText(paper.Source, write(paper), all, paper);
    }
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
