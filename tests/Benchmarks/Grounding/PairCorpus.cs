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
/// The labelled pairs: those of pairs.txt and pairs-held-out.txt over abstracts of the real data, the key points of the hand-written digests over whole papers, and false pairs derived
/// from the faithful ones: another quote of the paper, a quote of another paper, changed figures and names, planted orders and statements.
/// </summary>
internal sealed class PairCorpus
{
    private const int Seed = 18;
    private const int FewestWords = 6;
    private const int AbstractBlock = -2;

    private readonly Random random = new(Seed);
    private readonly List<LabelledPair> pairs = [];
    private readonly Dictionary<string, (string Title, string Abstract)> abstracts = new(StringComparer.Ordinal);

    private PairCorpus()
    {
    }

    /// <summary>Reads and derives all pairs, the same ones each time.</summary>
    public static IReadOnlyList<LabelledPair> Read()
    {
        var corpus = new PairCorpus();
        corpus.ReadAbstracts();
        corpus.ReadPairs("pairs.txt", isHeldOut: false);
        corpus.ReadPairs("pairs-held-out.txt", isHeldOut: true);
        corpus.ReadDigests();
        var written = corpus.pairs.ToList();
        foreach (var isHeldOut in (bool[])[false, true])
        {
            var faithful = written.FindAll(pair => pair.IsFaithful && pair.IsHeldOut == isHeldOut);
            corpus.Move(faithful);
            corpus.Exchange(faithful);
            corpus.ChangeFigures(faithful);
            corpus.ChangeNames(faithful);
            corpus.Plant(faithful, "order", PlantedSentences.Orders(isHeldOut));
            corpus.Plant(faithful, "off-topic", PlantedSentences.OffTopic(isHeldOut));
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
                paper = Paper(abstracts[id].Title, abstracts[id].Abstract);
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
            foreach (var point in digest.Draft.KeyPoints!)
                pairs.Add(new(name, false, LabelledPair.Faithful, point.Text!, new EvidencePassage(paper, [.. point.Evidence!.Select(number => paper.Source.AtOrdinal(digest.Source.Given.Numbered.Ordinals[number - 1]))])));
        }
    }

    /// <summary>Sentences of abstracts, each in its own paper: evidence that is about its paper, no claim needed. None of a paper that is held out.</summary>
    public static IReadOnlyList<EvidencePassage> ReadTopics(int papers)
    {
        var corpus = new PairCorpus();
        corpus.ReadAbstracts();
        corpus.ReadPairs("pairs-held-out.txt", isHeldOut: true);
        var heldOut = corpus.pairs.Select(pair => pair.Paper).ToHashSet(StringComparer.Ordinal);
        var ids = corpus.abstracts.Keys.Where(id => !heldOut.Contains(id)).Order(StringComparer.Ordinal).ToArray();
        corpus.random.Shuffle(ids);
        return [.. ids.Take(papers).Select(id => Paper(corpus.abstracts[id].Title, corpus.abstracts[id].Abstract))
            .SelectMany(paper => paper.Source.Sentences.Where(sentence => sentence.Block == AbstractBlock && sentence.Stems.Length >= FewestWords).Select(sentence => new EvidencePassage(paper, sentence)))];
    }

    /// <summary>A paper that is nothing but its abstract.</summary>
    public static GroundedPaper Paper(string title, string text)
    {
        var paper = new Paper { Id = ArxivId.Parse("2603.00001"), Title = title, Authors = ["A. Nobody"], Abstract = text, PrimaryCategory = "cs.LG", Categories = ["cs.LG"] };
        return new GroundedPaper(new SourceIndex(paper, PaperDocument.OfAbstract(title, text)));
    }

    /// <summary>Another sentence of the same paper, not beside the right one.</summary>
    private void Move(List<LabelledPair> faithful)
    {
        foreach (var pair in faithful)
        {
            var source = pair.Evidence.Paper.Source;
            var others = Enumerable.Range(0, source.Sentences.Count).Where(index =>
                source.Sentences[index].Block != -1 && !source.Sentences[index].IsRow && source.Sentences[index].Stems.Length >= FewestWords
                && !Enumerable.Range(index - 1, 3).Any(pair.Evidence.Contains)).ToList();
            if (others.Count > 0 && source.Sentences[others[random.Next(others.Count)]] is var other)
                pairs.Add(pair with { Kind = "moved quote", Evidence = new EvidencePassage(pair.Evidence.Paper, other) });
        }
    }

    /// <summary>A faithful pair's evidence from another paper.</summary>
    private void Exchange(List<LabelledPair> faithful)
    {
        foreach (var pair in faithful)
        {
            var others = faithful.FindAll(other => other.Paper != pair.Paper);
            pairs.Add(pair with { Kind = "foreign quote", Evidence = others[random.Next(others.Count)].Evidence });
        }
    }

    /// <summary>One digit of a number is another.</summary>
    private void ChangeFigures(List<LabelledPair> faithful)
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
                if (digit != pair.Claim[at])
                    pairs.Add(pair with { Kind = "number, generated", Claim = $"{pair.Claim[..at]}{digit}{pair.Claim[(at + 1)..]}" });
            }
        }
    }

    /// <summary>A name with figures or inner capitals is one of another paper.</summary>
    private void ChangeNames(List<LabelledPair> faithful)
    {
        var names = faithful.SelectMany(pair => NamesOf(pair.Claim).Select(name => (pair.Paper, Name: name))).Distinct().ToList();
        foreach (var pair in faithful)
        {
            if (NamesOf(pair.Claim).FirstOrDefault() is not { } name)
                continue;
            var others = names.FindAll(other => other.Paper != pair.Paper && !pair.Evidence.Paper.Source.Names.HasName(other.Name));
            pairs.Add(pair with { Kind = "name, generated", Claim = pair.Claim.Replace(name, others[random.Next(others.Count)].Name, StringComparison.Ordinal) });
        }
    }

    private static IEnumerable<string> NamesOf(string claim) =>
        claim.Split([' ', ',', '.', ';', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3 && char.IsLetter(word[0]) && word.Skip(1).Any(char.IsUpper));

    /// <summary>A planted sentence: claimed of real evidence, and copied from where it stands in the abstract.</summary>
    private void Plant(List<LabelledPair> faithful, string kind, IReadOnlyList<string> sentences)
    {
        var ofAbstracts = faithful.FindAll(pair => abstracts.ContainsKey(pair.Paper));
        foreach (var sentence in sentences)
        {
            for (var time = 0; time < 3; time++)
            {
                var pair = ofAbstracts[random.Next(ofAbstracts.Count)];
                pairs.Add(pair with { Kind = kind, Claim = sentence });
                var (title, text) = abstracts[pair.Paper];
                var parts = Sentences.Of(text);
                parts.Insert(random.Next(1, parts.Count), sentence);
                var paper = Paper(title, string.Join(' ', parts));
                if (paper.Source.Sentences.FirstOrDefault(place => place.Plain.Contains(PlainText.Of(sentence), StringComparison.Ordinal)) is { } place)
                    pairs.Add(pair with { Kind = $"{kind}, planted", Claim = sentence, Evidence = new EvidencePassage(paper, place) });
            }
        }
    }
}
