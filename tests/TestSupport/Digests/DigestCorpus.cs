using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Simulators;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.TestSupport.Digests;

/// <summary>A digest and its paper.</summary>
/// <param name="Name">The file and the emphasis.</param>
/// <param name="Written">The original digest, with quotes as text.</param>
/// <param name="Draft">The digest in the format of a model response, with sentence numbers as evidence.</param>
/// <param name="Source">The paper.</param>
internal sealed record Digest(string Name, DigestDraft Written, ModelDraft Draft, DigestSource Source);

/// <summary>A paper of the real data in the form that the checks receive.</summary>
/// <param name="File">Its path below the <c>arxiv</c> folder of the real data.</param>
/// <param name="Text">Its text.</param>
/// <param name="Paper">Its metadata.</param>
/// <param name="Given">The input that a model would receive.</param>
internal sealed record DigestSource(string File, QuotableText Text, Paper Paper, ModelInput Given)
{
    private readonly Lazy<EvidenceChoice> choice = new(() => new EvidenceChoice(Paper, Given));

    /// <summary>Finds the evidence of a text.</summary>
    public EvidenceChoice Choice => choice.Value;
}

/// <summary>The digests in this folder.</summary>
internal static class DigestCorpus
{
    /// <summary>This folder, in the repository of the build.</summary>
    public static string Folder { get; } = RepositoryFolder.PathOf("tests", "TestSupport", "Digests");

    /// <summary>Reads a paper of the real data; returns null if it is not on this machine.</summary>
    public static DigestSource? TryReadPaper(string file)
    {
        if (RealData.Find($"arxiv/{file}") is not { } path)
            return null;

        var reading = path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
            ? PdfPaperReader.Read(File.ReadAllBytes(path), PdfReadLimits.Default)
            : HtmlPaperReader.Read(File.ReadAllText(path));
        if (reading.Document is not { } text)
            throw new InvalidDataException($"{file} cannot be read: {reading.Detail}");

        Paper paper = new()
        {
            Id = ArxivId.Parse("2603.00001"),
            Title = text.Title,
            Authors = ["A. Nobody"],
            Abstract = text.Abstract,
            PrimaryCategory = "cs.LG",
            Categories = ["cs.LG"],
        };
        ModelInput given = new(text.Source, NumberedText.Of(text), [], text);
        return new DigestSource(file, new QuotableText(text), paper, given);
    }

    // Cached, because reading a PDF takes seconds and several tests need all digests.
    private static readonly Lazy<IReadOnlyList<Digest>> all = new(ReadAll);

    /// <summary>All digests whose paper is on this machine. Throws if the paper does not contain a quote.</summary>
    public static IReadOnlyList<Digest> Read() => all.Value;

    private static List<Digest> ReadAll()
    {
        List<Digest> digests = [];
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            var file = DigestFile.Read(File.ReadAllText(path));
            if (TryReadPaper(file.Paper) is not { } source)
                continue;
            digests.AddRange(file.Digests.Select(digest => Resolve($"{Path.GetFileNameWithoutExtension(path)}, {digest.About}", digest, source)));
        }

        return digests;
    }

    private static Digest Resolve(string name, StoredDigest stored, DigestSource source)
    {
        DigestDraft written = new()
        {
            About = stored.About,
            Tags = stored.Tags,
            KeyPoints = [.. stored.KeyPoints.Select(point => new QuotedPoint(Quote(point.Quote), point.Section, point.Claim))],
            Summary = stored.Summary,
            Methodology = stored.Methodology,
            Results = stored.Results,
            ResultsQuote = stored.ResultsQuote is { } place ? Quote(place) : null,
            Implications = stored.Implications,
        };
        return new Digest(
            name,
            written,
            new ModelDraft
            {
                Tags = written.Tags,
                KeyPoints = [.. written.KeyPoints.Select(point => new DraftSentence(source.Choice.OfQuote(point.Quote!) ?? source.Choice.For(point.Claim!), point.Claim))],
                Summary = Sentences(written.Summary),
                Methodology = Sentences(written.Methodology),
                Results = Sentences(written.Results),
                Implications = Sentences(written.Implications),
            },
            source);

        DraftSentence[]? Sentences(string? prose) => prose is null ? null : [.. Denoised.Text.Sentences.Of(prose).Select(sentence => new DraftSentence(source.Choice.For(sentence), sentence))];

        string Quote(QuotePlace place) =>
            source.Text.TryRead(place, out var quote, out _) ? quote : throw new InvalidDataException($"{name}: a quote is not in {source.File} any more: {place}");
    }
}
