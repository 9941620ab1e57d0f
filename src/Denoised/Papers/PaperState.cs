namespace Denoised.Papers;

/// <summary>How far a paper has come. Stored and served by name.</summary>
public enum PaperState
{
    /// <summary>Recorded, with its extractive summary; the model's has not been written.</summary>
    Announced,

    /// <summary>Somebody holds the lease and works on it.</summary>
    Summarizing,

    /// <summary>It has the summary that it is to have.</summary>
    Summarized,

    /// <summary>All attempts failed; the reason stands beside it. It keeps its extractive summary.</summary>
    Failed,
}
