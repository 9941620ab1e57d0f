namespace Denoised.Domain;

/// <summary>The processing state of a paper. Stored and served by name.</summary>
public enum PaperState
{
    /// <summary>Recorded with its extractive summary; the model has not summarized it yet.</summary>
    Announced,

    /// <summary>A worker holds the lease.</summary>
    Summarizing,

    /// <summary>The final summary is stored.</summary>
    Summarized,

    /// <summary>All attempts failed, and the reason is recorded. The paper keeps its extractive summary.</summary>
    Failed,
}
