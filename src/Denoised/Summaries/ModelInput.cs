using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.PaperText;
using Denoised.Storage;
using Denoised.Text;

namespace Denoised.Summaries;

/// <summary>The model input of a summary. Never stored.</summary>
/// <param name="Source">The origin of the text.</param>
/// <param name="Numbered">The text in the prompt.</param>
/// <param name="Findings">Anomalies of the text, one sentence each.</param>
/// <param name="Paper">The full text in sections; the checks compare the model's output with it.</param>
public sealed record ModelInput(TextOrigin Source, NumberedText Numbered, IReadOnlyList<string> Findings, PaperDocument Paper)
{
    /// <summary>The text in the prompt, with a number before each sentence.</summary>
    public string Text => Numbered.Text;

    /// <summary>Creates the model input of a paper without full text.</summary>
    public static ModelInput OfAbstract(string title, string @abstract, params IReadOnlyList<string> findings) =>
        Of(PaperDocument.OfAbstract(title, @abstract), findings, NumberedText.Of);

    /// <summary>Creates the model input of a paper. Removes and records invisible text and prompt injections.</summary>
    /// <param name="paper">The paper, with title and abstract from arXiv.</param>
    /// <param name="findings">Earlier findings.</param>
    /// <param name="write">Selects and numbers the text in the prompt.</param>
    public static ModelInput Of(PaperDocument paper, IReadOnlyList<string> findings, Func<PaperDocument, NumberedText> write)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(write);
        var hidden = new HiddenTextLog();
        paper = paper with { Title = Characters.RemoveInvisible(paper.Title, hidden), Abstract = Characters.RemoveInvisible(paper.Abstract, hidden) };
        paper = PromptInjectionFilter.Remove(paper with { Hidden = [.. paper.Hidden, .. hidden.Findings] });
        List<string> all = [.. findings];
        if (paper.Hidden.Count > 0)
            all.Add($"Text that readers cannot see was removed: {paper.Hidden.Count} {(paper.Hidden.Count == 1 ? "passage" : "passages")}.");
        if (paper.SkippedPassages.Count > 0)
            all.Add($"{paper.SkippedPassages.Count} {(paper.SkippedPassages.Count == 1 ? "passage that states nothing about the work was" : "passages that state nothing about the work were")} left out.");
        return new ModelInput(paper.Source, write(paper), all, paper);
    }
}

/// <summary>The outcome of reading a paper's text.</summary>
public abstract record ModelInputResult
{
    /// <summary>The text was read.</summary>
    public sealed record ReportSuccess(ModelInput Text) : ModelInputResult
    {
        /// <summary>The authors' institutions, which are no input of the model; null if only the abstract was read.</summary>
        public IReadOnlyList<string>? Affiliations { get; init; }
    }

    /// <summary>Reading is deferred.</summary>
    public sealed record Deferred(FallbackReason FallbackReason, string Reason, TimeSpan Delay) : ModelInputResult;

    private ModelInputResult()
    {
    }
}

/// <summary>A source of paper texts.</summary>
public interface IPaperTextSource
{
    /// <summary>Reads the text of a paper, or its abstract when no full text is available.</summary>
    Task<ModelInputResult> ReadAsync(PaperRow row, CancellationToken cancellationToken);
}
