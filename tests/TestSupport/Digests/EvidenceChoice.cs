using System.Text;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Grounding;
using Denoised.Grounding.Numbers;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.Text;

namespace Denoised.TestSupport.Digests;

/// <summary>
/// Selects one or two sentences of a paper as evidence for a sentence of a digest that was written without evidence. The score counts shared numbers,
/// shared words (rare ones weigh more) and similarity. A human would choose better, so the objections of the checks are an upper bound.
/// </summary>
internal sealed class EvidenceChoice
{
    private const int Candidates = 40;
    private const double NumberWeight = 6;
    private const double SimilarityWeight = 6;

    // The minimum gain in score for a second sentence.
    private const double MinGain = 2;

    private readonly SourceIndex index;
    private readonly List<SourceSentence> given;
    private readonly List<Embedding> embeddings;
    private readonly Dictionary<int, int> counts;
    private readonly string letters;
    private readonly List<int> starts = [];

    public EvidenceChoice(Paper paper, ModelInput text)
    {
        index = new SourceIndex(paper, text.Paper);
        given = [.. text.Numbered.Ordinals.Select(index.AtOrdinal)];
        embeddings = given.ConvertAll(sentence => EmbeddingModel.Shared.Embed(sentence.Text));
        counts = given.SelectMany(sentence => sentence.Stems).CountBy(stem => stem).ToDictionary();
        StringBuilder whole = new();
        foreach (var sentence in given)
        {
            starts.Add(whole.Length);
            whole.Append(QuotableText.Normalize(sentence.Text));
        }

        letters = whole.ToString();
    }

    /// <summary>
    /// The numbers of the at most two sentences that contain most of a quote; null if no sentence contains it, as for a quote from the title.
    /// </summary>
    public IReadOnlyList<int>? OfQuote(string quote)
    {
        var wanted = QuotableText.Normalize(quote);
        if (letters.IndexOf(wanted, StringComparison.Ordinal) is not (>= 0 and var start))
            return null;
        var end = start + wanted.Length;
        return [.. Enumerable.Range(0, given.Count)
            .Select(place => (Number: place + 1, Shared: Math.Min(end, EndOf(place)) - Math.Max(start, starts[place])))
            .Where(place => place.Shared > 0)
            .OrderByDescending(place => place.Shared)
            .Take(EvidenceCheck.MaxSentences)
            .Select(place => place.Number)];
    }

    /// <summary>The numbers of the most probable evidence sentences of a text.</summary>
    public IReadOnlyList<int> For(string text)
    {
        var plain = PlainText.Of(text);
        var stems = index.StemsOf(plain);
        var numbers = QuantityReader.OfDraft(plain);
        var embedding = EmbeddingModel.Shared.Embed(text);
        var ranked = Enumerable.Range(0, given.Count).OrderByDescending(place => Score(place)).Take(Candidates).ToList();
        var (best, most) = (new[] { ranked[0] }, Score(ranked[0]));
        foreach (var first in ranked)
        {
            foreach (var second in ranked.Where(second => second > first))
            {
                if (Score(first, second) is var score && score > most + (best.Length == 1 ? MinGain : 0))
                    (best, most) = ([first, second], score);
            }
        }

        return [.. best.OrderByDescending(place => Score(place)).Select(place => place + 1)];

        double Score(params ReadOnlySpan<int> places)
        {
            var (score, similarity) = (0.0, 0.0);
            foreach (var stem in stems)
                score += IsIn(places, sentence => Array.BinarySearch(sentence.Stems, stem) >= 0) ? Math.Log((1.0 + given.Count) / counts.GetValueOrDefault(stem, 1)) : 0;
            foreach (var number in numbers)
                score += IsIn(places, sentence => Array.Exists(sentence.Quantities, quantity => NumberCheck.Agrees(number, quantity))) ? NumberWeight : 0;
            foreach (var place in places)
                similarity = Math.Max(similarity, embedding.Similarity(embeddings[place]));
            return score + (similarity * SimilarityWeight);
        }

        bool IsIn(ReadOnlySpan<int> places, Predicate<SourceSentence> holds)
        {
            foreach (var place in places)
            {
                if (holds(given[place]))
                    return true;
            }

            return false;
        }
    }

    private int EndOf(int place) => place + 1 < starts.Count ? starts[place + 1] : letters.Length;
}
