using Denoised.Embeddings;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Cuts quotes out of sentences: the sentence itself, of a long one the words in a row that are most similar to a text. Letter by letter but for white space.
/// </summary>
/// <param name="text">What rests on the sentences.</param>
internal sealed class QuoteWindow(string text)
{
    /// <summary>So many places are compared in a sentence, evenly over it: bounds the time.</summary>
    private const int MaxWindows = 100;

    private readonly Embedding target = EmbeddingModel.Shared.Embed(text);

    /// <summary>The quote from a sentence, at most <see cref="Lengths.Quote"/> words.</summary>
    public string Of(string sentence)
    {
        var words = sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var length = Lengths.Quote.Max;
        if (words.Length <= length)
            return string.Join(' ', words);

        var (best, most) = ("", double.NegativeInfinity);
        var last = words.Length - length;
        for (var start = 0; start <= last; start += 1 + (last / MaxWindows))
        {
            var window = string.Join(' ', words, start, length);
            if (Similarity(window) is var similarity && similarity > most)
                (best, most) = (window, similarity);
        }

        return best;
    }

    /// <summary>How similar a passage is to the text, from -1 to 1.</summary>
    public double Similarity(string passage) => target.Similarity(EmbeddingModel.Shared.Embed(passage));
}
