namespace Denoised.Arxiv.Text;

/// <summary>What reading a paper's HTML or PDF gave: its text, or why there is none.</summary>
/// <param name="Paper">The text; null when <paramref name="Problem"/> is set.</param>
/// <param name="Problem">Why there is no usable text; null when there is.</param>
/// <param name="Detail">What was seen, in one sentence that names figures and places; null when there is text.</param>
public sealed record PaperTextReading(PaperText? Paper, TextProblem? Problem, string? Detail)
{
    /// <summary>A usable text.</summary>
    public static PaperTextReading Of(PaperText paper) => new(paper, null, null);

    /// <summary>No usable text.</summary>
    public static PaperTextReading Unusable(TextProblem problem, string detail) => new(null, problem, detail);
}

/// <summary>Why a paper's HTML or PDF gave no usable text.</summary>
public enum TextProblem
{
    /// <summary>The file is larger than the limit.</summary>
    TooLarge,

    /// <summary>The page is no paper converted by LaTeXML.</summary>
    NotAPaper,

    /// <summary>The end is missing.</summary>
    Truncated,

    /// <summary>The converter gave up, or the page is full of its error markers.</summary>
    ConversionFailed,

    /// <summary>Far less text than a paper has.</summary>
    TooShort,

    /// <summary>The PDF needs a password.</summary>
    PasswordProtected,

    /// <summary>The PDF has no text, as scans without text recognition have.</summary>
    NoText,

    /// <summary>The PDF cannot be read.</summary>
    Damaged,

    /// <summary>Reading took longer than the limit and was stopped.</summary>
    TimedOut,

    /// <summary>Reading needed more memory than the limit and was stopped.</summary>
    OutOfMemory,

    /// <summary>The reading process ended without an answer.</summary>
    ReaderFailed,
}
