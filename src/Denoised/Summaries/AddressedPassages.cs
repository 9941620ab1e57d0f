using Denoised.Arxiv.Text;
using Denoised.Summaries.Checks;

namespace Denoised.Summaries;

/// <summary>
/// Takes out of a paper what addresses whoever summarizes or reviews it, before a model reads it. In a paper about such orders only those go that are given,
/// not those that are told of or cited. Whatever is lost by mistake is a sentence among hundreds; what is left by mistake meets the checks.
/// </summary>
internal static class AddressedPassages
{
    // A paragraph that holds an order and is no longer than this is one.
    private const int ShortParagraph = 60;

    // How far an order reaches: sentences behind it, and before it, that only make sense with it.
    private const int Behind = 4;
    private const int Before = 2;

    /// <summary>The paper without them; what was taken out is in <see cref="PaperText.LeftOut"/>.</summary>
    public static PaperText Remove(PaperText paper)
    {
        var isTopic = InjectionTopic.IsOf(paper);
        var left = new List<string>();
        var title = IsOrder(paper.Title, isTopic) ? LeaveOut(paper.Title) : paper.Title;
        var @abstract = Without(paper.Abstract, isAbstract: true);
        var sections = paper.Sections.Select(section =>
        {
            var heading = IsOrder(section.Heading, isTopic) ? LeaveOut(section.Heading) : section.Heading;
            var blocks = section.Blocks.Select(block => block with { Text = Without(block.Text, isAbstract: false) }).Where(block => block.Text.Length > 0).ToArray();
            return section with { Heading = heading, Blocks = blocks };
        }).ToArray();
        return left.Count == 0 ? paper : paper with { Title = title, Abstract = @abstract, Sections = sections, LeftOut = [.. paper.LeftOut, .. left] };

        string LeaveOut(string text)
        {
            left.Add(text);
            return "";
        }

        string Without(string text, bool isAbstract)
        {
            // Lines are rows of a table, items, paragraphs of an abstract: kept apart.
            if (text.Contains('\n', StringComparison.Ordinal))
                return string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : WithoutIn(line, isAbstract)).Where((line, index) => isAbstract || line.Length > 0));
            return WithoutIn(text, isAbstract);
        }

        string WithoutIn(string text, bool isAbstract)
        {
            // What no sentence's beginning makes an order is none as a whole: nearly every text ends here.
            if (!IsOrder(text, isTopic))
                return text;
            var sentences = Cited.SentencesOf(text);
            var marked = Marked(sentences, isTopic);
            if (!marked.Contains(true))
                return LeaveOut(text);
            if (!isAbstract && !isTopic && Words.Count(text) <= ShortParagraph)
                return LeaveOut(text);
            left.Add(string.Join(' ', sentences.Where((_, index) => marked[index])));
            return string.Join(' ', sentences.Where((_, index) => !marked[index]));
        }
    }

    private static bool[] Marked(List<string> sentences, bool isTopic)
    {
        var folded = sentences.ConvertAll(FoldedText.Of);
        var marked = new bool[sentences.Count];
        for (var index = 0; index < sentences.Count; index++)
        {
            if (!IsOrder(sentences[index], isTopic))
                continue;
            marked[index] = true;
            for (var next = index + 1; next < sentences.Count && next <= index + Behind && Orders.Continues(folded[next]); next++)
                marked[next] = true;
            for (var former = index - 1; former >= 0 && former >= index - Before && Orders.Continues(folded[former]); former--)
                marked[former] = true;
        }

        return marked;
    }

    private static bool IsOrder(string text, bool isTopic)
    {
        if (text.Length < 8)
            return false;
        var folded = FoldedText.Of(text);
        if (Orders.Find(isTopic ? Cited.Removed(folded) : folded, isTopic) is not null)
            return true;
        return FoldedText.Decoded(text) is { } decoded && Orders.Find(FoldedText.Of(decoded)) is not null
            || text.Contains("suoiverp", StringComparison.OrdinalIgnoreCase) && Orders.Find(FoldedText.Of(Reversed(text)), isDescribed: true) == Orders.Ignoring;
    }

    // A page can turn the direction of writing, so that what reads backwards in the file is read forwards.
    private static string Reversed(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (var index = 0; index < source.Length; index++)
            result[index] = source[^(index + 1)];
    });
}
