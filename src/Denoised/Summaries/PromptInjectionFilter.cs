using Denoised.Arxiv.Feeds;
using Denoised.Grounding;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Summaries;

/// <summary>
/// Removes planted text before a model reads the paper and before sentences are checked against it: directives (<see cref="DirectiveDetector"/>),
/// text that is not English (<see cref="LanguageDetector"/>), and adjacent sentences whose words occur nowhere else in the paper. A false positive
/// costs one sentence among hundreds.
/// </summary>
internal static class PromptInjectionFilter
{
    // In words. A paragraph up to this length is removed as a whole when it holds a directive.
    private const int ShortParagraph = 60;

    private const int MinLength = 8;

    // An adjacent sentence stays when at least this share of its content words occurs elsewhere in the paper.
    private const double MinSharedShare = 0.5;

    // At most this many adjacent sentences are removed on either side of a directive.
    private const int MaxAdjacentSentences = 2;

    // The title and the abstract name the subject. For a sentence of the abstract, another sentence has to name it too.
    private const int OftenInAbstract = 2;

    /// <summary>Returns the paper without planted text; <see cref="PaperDocument.SkippedPassages"/> holds the removed passages.</summary>
    public static PaperDocument Remove(PaperDocument paper) => new Removal(paper).Run();

    private sealed class Removal(PaperDocument paper)
    {
        private readonly List<string> removed = [];
        private readonly HashSet<string> title = ContentWords.Of(paper.Title).ToHashSet(StringComparer.Ordinal);
        private readonly Lazy<Dictionary<string, int>> ofAbstract = new(() => QuotedSpans
            .SentencesOf(paper.Abstract)
            .SelectMany(sentence => ContentWords.Of(sentence).Distinct(StringComparer.Ordinal))
            .CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
        private readonly Lazy<Dictionary<string, int>> counts = new(() => Blocks(paper)
            .SelectMany(block => ContentWords.Of(block))
            .CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal));

        public PaperDocument Run()
        {
            var heading = IsDirective(paper.Title, isProse: false) ? RemoveText(paper.Title) : paper.Title;
            var @abstract = Without(paper.Abstract, isProse: true, isAbstract: true);
            var sections = paper.Sections.Select(section =>
            {
                var head = IsDirective(section.Heading, isProse: false) ? RemoveText(section.Heading) : section.Heading;
                var blocks = section.Blocks.Select(block => block with { Text = Without(
                    block.Text, isProse: block.Kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.List, isAbstract: false) })
                    .Where(block => block.Text.Length > 0)
                    .ToArray();
                return section with { Heading = head, Blocks = blocks };
            }).ToArray();
            return removed.Count == 0
                ? paper
                : paper with { Title = heading, Abstract = @abstract, Sections = sections, SkippedPassages = [.. paper.SkippedPassages, .. removed] };
        }

        private string RemoveText(string text)
        {
            removed.Add(text);
            return "";
        }

        // Keeps lines separate: they are table rows, list items or paragraphs of an abstract.
        private string Without(string text, bool isProse, bool isAbstract) => text.Contains('\n', StringComparison.Ordinal)
            ? string.Join(
                '\n',
                text.Split('\n')
                    .Select(line => line.Length == 0 ? line : WithoutIn(line, isProse, isAbstract))
                    .Where((line, _) => isAbstract || line.Length > 0))
            : WithoutIn(text, isProse, isAbstract);

        private string WithoutIn(string text, bool isProse, bool isAbstract)
        {
            var sentences = QuotedSpans.SentencesOf(text);
            var marked = sentences.ConvertAll(sentence => IsDirective(sentence, isProse, isAbstract));
            if (!marked.Contains(true))
                return text;
            if (!isAbstract && Words.Count(text) <= ShortParagraph)
                return RemoveText(text);
            for (var time = 0; time < MaxAdjacentSentences; time++)
                Spread(sentences, marked);
            removed.Add(string.Join(' ', sentences.Where((_, index) => marked[index])));
            return string.Join(' ', sentences.Where((_, index) => !marked[index]));
        }

        private void Spread(List<string> sentences, List<bool> marked)
        {
            var previous = marked.ToArray();
            for (var index = 0; index < sentences.Count; index++)
                marked[index] |= ((index > 0 && previous[index - 1]) || (index + 1 < previous.Length && previous[index + 1])) && !Belongs(sentences[index]);
        }

        private bool Belongs(string sentence)
        {
            var words = ContentWords.Of(sentence).ToList();
            var own = words.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            return words.Count(word => counts.Value.GetValueOrDefault(word) > own[word]) >= MinSharedShare * words.Count;
        }

        // Checks the language of prose only: table rows, programs and headings can consist of names.
        private bool IsDirective(string text, bool isProse, bool isAbstract = false) =>
            text.Length >= MinLength
            && (DirectiveDetector.Find(text, words => IsSubject(words, isAbstract)) is not null || (isProse && !LanguageDetector.IsEnglish(text)));

        private bool IsSubject(string words, bool isAbstract) =>
            ContentWords.Of(words).Exists(word => title.Contains(word) || ofAbstract.Value.GetValueOrDefault(word) >= (isAbstract ? OftenInAbstract : 1));

        private static IEnumerable<string> Blocks(PaperDocument paper) =>
            paper.Sections.SelectMany(section => section.Blocks).Select(block => block.Text).Append(paper.Abstract).Append(paper.Title);
    }
}
