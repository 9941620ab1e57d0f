namespace Denoised.PaperText;

/// <summary>The result of reading a paper's HTML or PDF: the text, or the reason why there is none.</summary>
/// <param name="Document">The text; null if <paramref name="Error"/> is set.</param>
/// <param name="Error">Why there is no usable text; null if there is one.</param>
/// <param name="Detail">The error in one sentence, with numbers and positions; null if there is text.</param>
public sealed record PaperTextResult(PaperDocument? Document, PaperTextError? Error, string? Detail)
{
    /// <summary>Creates a successful result.</summary>
    public static PaperTextResult Success(PaperDocument document) => new(document, null, null);

    /// <summary>Creates a failed result.</summary>
    public static PaperTextResult Failed(PaperTextError error, string detail) => new(null, error, detail);
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

    /// <summary>The PDF reader process failed to start or ended without a valid result.</summary>
    ReaderFailed,
}
