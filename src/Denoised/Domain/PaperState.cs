using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>The processing state of a paper. Stored and served by name.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PaperState>))]
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
