namespace Denoised.PaperText;

/// <summary>The result of reading a paper's HTML or PDF: the text, or the reason for having none.</summary>
/// <param name="Paper">The text; null if <paramref name="Problem"/> is set.</param>
/// <param name="Problem">Why there is no usable text; null if there is one.</param>
/// <param name="Detail">The problem in one sentence, with numbers and positions; null if there is text.</param>
public sealed record PaperTextResult(PaperDocument? Paper, PaperTextError? Problem, string? Detail)
{
    /// <summary>Returns a usable text.</summary>
    public static PaperTextResult Of(PaperDocument paper) => new(paper, null, null);

    /// <summary>Returns a problem instead of text.</summary>
    public static PaperTextResult Unusable(PaperTextError problem, string detail) => new(null, problem, detail);
}

/// <summary>Why a paper's HTML or PDF has no usable text.</summary>
public enum PaperTextError
{
    /// <summary>The file exceeds the size limit.</summary>
    TooLarge,

    /// <summary>The page is not a paper converted by LaTeXML.</summary>
    NotAPaper,

    /// <summary>Parts of the paper are missing.</summary>
    Truncated,

    /// <summary>The conversion failed or left many error markers.</summary>
    ConversionFailed,

    /// <summary>The text is much shorter than a paper.</summary>
    TooShort,

    /// <summary>The PDF requires a password.</summary>
    PasswordProtected,

    /// <summary>The PDF has no text layer, such as a scan without text recognition.</summary>
    NoText,

    /// <summary>The PDF is malformed.</summary>
    Damaged,

    /// <summary>Reading exceeded the time limit.</summary>
    TimedOut,

    /// <summary>Reading exceeded the memory limit.</summary>
    OutOfMemory,

    /// <summary>The child process ended without a result.</summary>
    ReaderFailed,
}
