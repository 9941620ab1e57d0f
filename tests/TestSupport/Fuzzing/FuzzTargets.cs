using Denoised.PaperText.Pdf;
using Denoised.Simulators;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>All that is fuzzed.</summary>
internal static class FuzzTargets
{
    public const string Queries = "queries";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["rss", "atom", "catchup", "answers", Queries, "html", "pdf"];

    /// <summary>How many inputs of each are read where nothing else is asked for.</summary>
    public static int StandardCount(string name) => name is "html" or "pdf" ? 10_000 : 100_000;

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connection">A storage account that <see cref="QueryTarget.FillAsync"/> has filled, for <see cref="Queries"/>.</param>
    /// <param name="child">How the child process that reads PDFs is started, or null for none.</param>
    public static FuzzTarget Create(string name, string? connection, PdfReaderCommand? child)
    {
        var real = RealData.Find("arxiv");
        return name switch
        {
            "rss" => new RssTarget(real),
            "atom" => new AtomTarget(real),
            "catchup" => new CatchUpTarget(),
            "answers" => AnswerTarget.Of(real),
            Queries => new QueryTarget(connection ?? throw new ArgumentNullException(nameof(connection))),
            "html" => new HtmlTarget(real),
            "pdf" => new PdfTarget(real, child),
            _ => throw new ArgumentException($"'{name}' is none of {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
