using Denoised.Domain;
using Denoised.Embeddings;

namespace Denoised.Grounding;

/// <summary>
/// Cuts quotes from sentences: the whole sentence or, from a long one, the consecutive words most similar to a text. Verbatim except for white space.
/// </summary>
/// <param name="text">The text that the quotes support.</param>
internal sealed class QuoteWindow(string text)
{
    /// <summary>The maximum number of windows compared in a sentence, evenly spaced. Bounds the time.</summary>
    private const int MaxWindows = 100;

    private readonly Embedding target = EmbeddingModel.Shared.Embed(text);

    /// <summary>Returns the quote from a sentence, at most <see cref="Lengths.Quote"/> words.</summary>
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

    /// <summary>The similarity of a passage to the text, from -1 to 1.</summary>
    public double Similarity(string passage) => target.Similarity(EmbeddingModel.Shared.Embed(passage));
}
