namespace Denoised.Simulators.Arxiv;

/// <summary>A paper as the simulated arXiv holds it; TeX stays TeX.</summary>
public sealed record SimulatedPaper
{
    /// <summary>Without version: <c>2603.15569</c>, old style <c>math/0211159</c>.</summary>
    public required string Id { get; init; }

    /// <summary>1 for a first submission.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>All authors, in order.</summary>
    public IReadOnlyList<string> Authors { get; init; } = ["Ada Example"];

    /// <summary>Paragraphs are divided by line feeds.</summary>
    public required string Abstract { get; init; }

    /// <summary>All categories, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The primary category.</summary>
    public string Primary => Categories[0];

    /// <summary>First submission; null lets the simulator choose a time in the window that the listing day implies.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Submission of this version; null as for <see cref="Published"/>.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The authors' comment.</summary>
    public string? Comment { get; init; }

    /// <summary>The DOI, without address.</summary>
    public string? Doi { get; init; }

    /// <summary>The journal reference.</summary>
    public string? JournalReference { get; init; }

    /// <summary>The licence's address.</summary>
    public string Licence { get; init; } = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/";

    /// <summary>With version: <c>2603.15569v1</c>.</summary>
    public string VersionedId => $"{Id}v{Version}";
}
