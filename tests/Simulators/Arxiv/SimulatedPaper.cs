namespace Denoised.Simulators.Arxiv;

/// <summary>A paper of the simulated arXiv; TeX is kept as is.</summary>
public sealed record SimulatedPaper
{
    /// <summary>The identifier without version: <c>2603.15569</c>, old style <c>math/0211159</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The version; 1 for a first submission.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>All authors, in order.</summary>
    public IReadOnlyList<string> Authors { get; init; } = ["Ada Example"];

    /// <summary>The abstract, with line feeds between paragraphs.</summary>
    public required string Abstract { get; init; }

    /// <summary>All categories, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The primary category.</summary>
    public string Primary => Categories[0];

    /// <summary>The first submission; null for a time in the submission window of the listing day.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The submission of this version; null as for <see cref="Published"/>.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The authors' comment.</summary>
    public string? Comment { get; init; }

    /// <summary>The DOI without a resolver URL.</summary>
    public string? Doi { get; init; }

    /// <summary>The journal reference.</summary>
    public string? JournalReference { get; init; }

    /// <summary>The licence's URL.</summary>
    public string Licence { get; init; } = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/";

    /// <summary>The identifier with version: <c>2603.15569v1</c>.</summary>
    public string VersionedId => $"{Id}v{Version}";
}
