using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Finds passages that a draft copies from the paper's body. arXiv's terms allow reading texts for research, not redistributing them: quotes from a
/// body have at most <see cref="MaxCopiedWords"/> words. Title and abstract are free (CC0).
/// </summary>
internal sealed class PassageIndex
{
    /// <summary>The maximum length of a run of words copied from the body.</summary>
    public const int MaxCopiedWords = 40;

    private const ulong Base = 1099511628211UL;

    private readonly HashSet<ulong> runs = [];

    /// <summary>Indexes all runs of the paper's body in linear time.</summary>
    public PassageIndex(PaperDocument paper)
    {
        var words = new List<ulong>();
        foreach (var section in paper.Sections)
        {
            foreach (var block in section.Blocks)
                Words(block.Text, words);
        }

        foreach (var (_, hash) in Runs(words))
            runs.Add(hash);
        words.Clear();
        Words(paper.Title, words);
        Words(paper.Abstract, words);
        foreach (var (_, hash) in Runs(words))
            runs.Remove(hash);
    }

    /// <summary>Returns the first words of the first copied run, or null.</summary>
    public string? Find(string text)
    {
        var words = new List<ulong>();
        var starts = new List<int>();
        Words(text, words, starts);
        foreach (var (start, hash) in Runs(words))
        {
            if (runs.Contains(hash))
                return text[starts[start]..(start + 8 < starts.Count ? starts[start + 8] : text.Length)].Trim();
        }

        return null;
    }

    private static IEnumerable<(int Start, ulong Hash)> Runs(List<ulong> words)
    {
        const int length = MaxCopiedWords + 1;
        var leading = 1UL;
        for (var i = 1; i < length; i++)
            leading = unchecked(leading * Base);
        var hash = 0UL;
        for (var i = 0; i < words.Count; i++)
        {
            if (i >= length)
                hash = unchecked(hash - (words[i - length] * leading));
            hash = unchecked((hash * Base) + words[i]);
            if (i >= length - 1)
                yield return (i - length + 1, hash);
        }
    }

    /// <summary>Computes the hashes of the words: letters and digits only, ignoring case.</summary>
    private static void Words(string text, List<ulong> words, List<int>? starts = null)
    {
        var source = Characters.Normalize(text);
        source = source.Length == text.Length || starts is null ? source : text;
        var i = 0;
        while (i < source.Length)
        {
            if (char.IsWhiteSpace(source[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var hash = 14695981039346656037UL;
            var isWord = false;
            for (; i < source.Length && !char.IsWhiteSpace(source[i]); i++)
            {
                if (!char.IsLetterOrDigit(source[i]))
                    continue;
                isWord = true;
                hash = unchecked((hash ^ char.ToLowerInvariant(source[i])) * Base);
            }

            if (!isWord)
                continue;
            words.Add(hash);
            starts?.Add(start);
        }
    }
}
