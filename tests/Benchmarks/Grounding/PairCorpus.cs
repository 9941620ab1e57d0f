using System.Globalization;
using System.Text.Json;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Grounding.Numbers;
using Denoised.PaperText;
using Denoised.Simulators;
using Denoised.TestSupport.Digests;
using Denoised.Text;

namespace Denoised.Benchmarks.Grounding;

/// <summary>
/// Builds the labelled claim-evidence pairs: (1) hand-written pairs from pairs.txt and pairs-held-out.txt, over abstracts of the real data; (2) key points of the hand-written digests, over
/// whole papers; (3) unfaithful pairs derived from the faithful ones by replacing the evidence, a number or a name, or by injecting a sentence.
/// </summary>
internal sealed class PairCorpus
{
    private const int Seed = 18;
    private const int MinStems = 6;

    /// <summary>The block number that <see cref="SourceSentences"/> gives to the abstract.</summary>
    private const int AbstractBlock = -2;

    private readonly Random random = new(Seed);
    private readonly List<LabelledPair> pairs = [];
    private readonly Dictionary<string, (string Title, string Abstract)> abstracts = new(StringComparer.Ordinal);

    private PairCorpus()
    {
    }

    /// <summary>Reads and derives all pairs; deterministic.</summary>
    public static IReadOnlyList<LabelledPair> Read()
    {
        var corpus = new PairCorpus();
        corpus.ReadAbstracts();
        corpus.ReadPairs("pairs.txt", isHeldOut: false);
        corpus.ReadPairs("pairs-held-out.txt", isHeldOut: true);
        corpus.ReadDigests();
        var handWritten = corpus.pairs.ToList();
        foreach (var isHeldOut in (bool[])[false, true])
        {
            var faithful = handWritten.FindAll(pair => pair.IsFaithful && pair.IsHeldOut == isHeldOut);
            corpus.AddPairsWithOtherSentence(faithful);
            corpus.AddPairsWithOtherPaper(faithful);
            corpus.AddPairsWithChangedNumber(faithful);
            corpus.AddPairsWithChangedName(faithful);
            corpus.AddPairsWithInjectedSentence(faithful, "instruction", InjectedSentences.Instructions(isHeldOut));
            corpus.AddPairsWithInjectedSentence(faithful, "off-topic", InjectedSentences.OffTopic(isHeldOut));
        }

        return corpus.pairs;
    }

    private void ReadAbstracts()
    {
        var folder = RealData.Find("arxiv/listings") ?? throw new DirectoryNotFoundException("The real data is not on this machine.");
        foreach (var line in Directory.EnumerateFiles(folder, "listing_*.jsonl").SelectMany(File.ReadLines))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            abstracts[root.GetProperty("id").GetString()!] = (root.GetProperty("title").GetString()!, root.GetProperty("abstract").GetString()!);
        }

        using var references = JsonDocument.Parse(File.ReadAllText(RealData.Find("seed/reference-papers.json")!));
        foreach (var root in references.RootElement.EnumerateArray().Select(entry => entry.GetProperty("arxiv")))
            abstracts[root.GetProperty("id").GetString()!] = (root.GetProperty("title").GetString()!, root.GetProperty("abstract").GetString()!);
    }

    private void ReadPairs(string file, bool isHeldOut)
    {
        var id = "";
        GroundedPaper? paper = null;
        foreach (var line in File.ReadLines(RepositoryFolder.PathOf("tests", "Benchmarks", "Grounding", file)))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (char.IsAsciiDigit(line[0]))
            {
                id = line;
                paper = CreatePaper(abstracts[id].Title, abstracts[id].Abstract);
                continue;
            }

            var parts = line.Split(' ', 3);
            pairs.Add(new(id, isHeldOut, parts[0], parts[2], new EvidencePassage(paper!, paper!.Source.AtOrdinal(int.Parse(parts[1], CultureInfo.InvariantCulture) - 1))));
        }
    }

    private void ReadDigests()
    {
        Dictionary<DigestSource, GroundedPaper> papers = [];
        foreach (var digest in DigestCorpus.Read())
        {
            if (!papers.TryGetValue(digest.Source, out var paper))
                papers.Add(digest.Source, paper = new GroundedPaper(new SourceIndex(digest.Source.Paper, digest.Source.Given.Paper)));
            var name = Path.GetFileName(digest.Source.File).Replace(".html", "", StringComparison.Ordinal).Replace(".pdf", "", StringComparison.Ordinal);

            // The evidence numbers count the sentences of the prompt; Ordinals maps them to the sentences of the paper.
            foreach (var point in digest.Draft.KeyPoints!)
                pairs.Add(new(name, false, LabelledPair.Faithful, point.Text!, new EvidencePassage(paper, [.. point.Evidence!.Select(number => paper.Source.AtOrdinal(digest.Source.Given.Numbered.Ordinals[number - 1]))])));
        }
    }

    /// <summary>Returns abstract sentences with their paper, as examples of on-topic evidence. Excludes held-out papers.</summary>
    public static IReadOnlyList<EvidencePassage> ReadOnTopicSentences(int maxPapers)
    {
        var corpus = new PairCorpus();
        corpus.ReadAbstracts();
        corpus.ReadPairs("pairs-held-out.txt", isHeldOut: true);
        var heldOut = corpus.pairs.Select(pair => pair.Paper).ToHashSet(StringComparer.Ordinal);
        var ids = corpus.abstracts.Keys.Where(id => !heldOut.Contains(id)).Order(StringComparer.Ordinal).ToArray();
        corpus.random.Shuffle(ids);
        return [.. ids.Take(maxPapers).Select(id => CreatePaper(corpus.abstracts[id].Title, corpus.abstracts[id].Abstract))
            .SelectMany(paper => paper.Source.Sentences.Where(sentence => sentence.Block == AbstractBlock && sentence.Stems.Length >= MinStems).Select(sentence => new EvidencePassage(paper, sentence)))];
    }

    /// <summary>Creates a paper that consists of a title and an abstract.</summary>
    private static GroundedPaper CreatePaper(string title, string text)
    {
        var paper = new Paper { Id = ArxivId.Parse("2603.00001"), Title = title, Authors = ["A. Nobody"], Abstract = text, PrimaryCategory = "cs.LG", Categories = ["cs.LG"] };
        return new GroundedPaper(new SourceIndex(paper, PaperDocument.OfAbstract(title, text)));
    }

    /// <summary>Replaces the evidence with another sentence of the same paper, not adjacent to the cited one.</summary>
    private void AddPairsWithOtherSentence(List<LabelledPair> faithful)
    {
        foreach (var pair in faithful)
        {
            var source = pair.Evidence.Paper.Source;
            var others = Enumerable.Range(0, source.Sentences.Count).Where(index =>
                source.Sentences[index].Block != SourceSentences.TitleBlock && !source.Sentences[index].IsRow && source.Sentences[index].Stems.Length >= MinStems
                && !Enumerable.Range(index - 1, 3).Any(pair.Evidence.Contains)).ToList();
            if (others.Count == 0)
                continue;
            var other = source.Sentences[others[random.Next(others.Count)]];
            pairs.Add(pair with { Kind = "other sentence", Evidence = new EvidencePassage(pair.Evidence.Paper, other) });
        }
    }

    /// <summary>Replaces the evidence with that of another paper's faithful pair.</summary>
    private void AddPairsWithOtherPaper(List<LabelledPair> faithful)
    {
        foreach (var pair in faithful)
        {
            var others = faithful.FindAll(other => other.Paper != pair.Paper);
            if (others.Count == 0)
                continue;
            pairs.Add(pair with { Kind = "other paper", Evidence = others[random.Next(others.Count)].Evidence });
        }
    }

    /// <summary>Replaces one digit of a number in the claim.</summary>
    private void AddPairsWithChangedNumber(List<LabelledPair> faithful)
    {
        foreach (var pair in faithful)
        {
            foreach (var number in QuantityReader.OfDraft(pair.Claim).Where(number => number.Form == QuantityForm.Figures))
            {
                var digits = Enumerable.Range(number.Start, number.End - number.Start).Where(at => char.IsAsciiDigit(pair.Claim[at])).ToList();
                if (digits.Count == 0)
                    continue;
                var at = digits[random.Next(digits.Count)];
                var digit = (char)('1' + random.Next(9));

                // If the drawn digit equals the old one, the claim is still true.
                if (digit != pair.Claim[at])
                    pairs.Add(pair with { Kind = "number, generated", Claim = $"{pair.Claim[..at]}{digit}{pair.Claim[(at + 1)..]}" });
            }
        }
    }

    /// <summary>Replaces a name in the claim with a name from another paper. A name is a word with inner capitals.</summary>
    private void AddPairsWithChangedName(List<LabelledPair> faithful)
    {
        var names = faithful.SelectMany(pair => NamesOf(pair.Claim).Select(name => (pair.Paper, Name: name))).Distinct().ToList();
        foreach (var pair in faithful)
        {
            if (NamesOf(pair.Claim).FirstOrDefault() is not { } name)
                continue;
            var others = names.FindAll(other => other.Paper != pair.Paper && !pair.Evidence.Paper.Source.Names.HasName(other.Name));
            if (others.Count == 0)
                continue;
            pairs.Add(pair with { Kind = "name, generated", Claim = pair.Claim.Replace(name, others[random.Next(others.Count)].Name, StringComparison.Ordinal) });
        }
    }

    private static IEnumerable<string> NamesOf(string claim) =>
        claim.Split([' ', ',', '.', ';', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3 && char.IsLetter(word[0]) && word.Skip(1).Any(char.IsUpper));

    /// <summary>
    /// Adds two kinds of pairs for each injected sentence: as a claim with unrelated evidence, and inserted into an abstract that is then cited as its
    /// evidence.
    /// </summary>
    private void AddPairsWithInjectedSentence(List<LabelledPair> faithful, string kind, IReadOnlyList<string> sentences)
    {
        var ofAbstracts = faithful.FindAll(pair => abstracts.ContainsKey(pair.Paper));
        foreach (var injected in sentences)
        {
            for (var repetition = 0; repetition < 3; repetition++)
            {
                var pair = ofAbstracts[random.Next(ofAbstracts.Count)];
                pairs.Add(pair with { Kind = kind, Claim = injected });
                var (title, text) = abstracts[pair.Paper];
                var parts = Sentences.Of(text);
                parts.Insert(random.Next(1, parts.Count), injected);
                var paper = CreatePaper(title, string.Join(' ', parts));
                if (paper.Source.Sentences.FirstOrDefault(sentence => sentence.Plain.Contains(PlainText.Of(injected), StringComparison.Ordinal)) is { } sentence)
                    pairs.Add(pair with { Kind = $"{kind}, planted", Claim = injected, Evidence = new EvidencePassage(paper, sentence) });
            }
        }
    }
}
