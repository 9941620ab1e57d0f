using Denoised.Arxiv.Text;
using Denoised.Grounding;
using Denoised.Summaries.Checks;

namespace Denoised.Summaries;

/// <summary>
/// Takes out of a paper what states nothing about the work: directives (<see cref="Directive"/>) and what nobody can read (<see cref="Readability"/>), with the sentences beside them
/// that do not belong to the paper either. No model reads it, and nothing rests on it. Whatever is lost by mistake is a sentence among hundreds.
/// </summary>
internal static class AddressedPassages
{
    // A paragraph that holds a directive and is no longer than this is one.
    private const int ShortParagraph = 60;

    private const int ShortestText = 8;

    // A sentence beside a directive belongs to the paper where so many of its content words stand elsewhere in it.
    private const double LeastShared = 0.5;

    // So many sentences on either side may go with a directive.
    private const int Beside = 2;

    // What the title or the abstract names, the paper is about; of a sentence of the abstract another one has to name it too.
    private const int OftenInAbstract = 2;

    /// <summary>The paper without them; what was taken out is in <see cref="PaperText.LeftOut"/>.</summary>
    public static PaperText Remove(PaperText paper) => new Removal(paper).Run();

    private sealed class Removal(PaperText paper)
    {
        private readonly List<string> left = [];
        private readonly HashSet<string> title = ContentWords.Of(paper.Title).ToHashSet(StringComparer.Ordinal);
        private readonly Lazy<Dictionary<string, int>> ofAbstract = new(() => Cited.SentencesOf(paper.Abstract).SelectMany(sentence => ContentWords.Of(sentence).Distinct(StringComparer.Ordinal))
            .CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
        private readonly Lazy<Dictionary<string, int>> counts = new(() => Blocks(paper).SelectMany(block => ContentWords.Of(block)).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));

        public PaperText Run()
        {
            var heading = IsNoStatement(paper.Title, isProse: false) ? LeaveOut(paper.Title) : paper.Title;
            var @abstract = Without(paper.Abstract, isProse: true, isAbstract: true);
            var sections = paper.Sections.Select(section =>
            {
                var head = IsNoStatement(section.Heading, isProse: false) ? LeaveOut(section.Heading) : section.Heading;
                var blocks = section.Blocks.Select(block => block with { Text = Without(block.Text, isProse: block.Kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.List, isAbstract: false) }).Where(block => block.Text.Length > 0).ToArray();
                return section with { Heading = head, Blocks = blocks };
            }).ToArray();
            return left.Count == 0 ? paper : paper with { Title = heading, Abstract = @abstract, Sections = sections, LeftOut = [.. paper.LeftOut, .. left] };
        }

        private string LeaveOut(string text)
        {
            left.Add(text);
            return "";
        }

        // Lines are rows of a table, items, paragraphs of an abstract: kept apart.
        private string Without(string text, bool isProse, bool isAbstract) => text.Contains('\n', StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : WithoutIn(line, isProse, isAbstract)).Where((line, _) => isAbstract || line.Length > 0))
            : WithoutIn(text, isProse, isAbstract);

        private string WithoutIn(string text, bool isProse, bool isAbstract)
        {
            var sentences = Cited.SentencesOf(text);
            var marked = sentences.ConvertAll(sentence => IsNoStatement(sentence, isProse, isAbstract));
            if (!marked.Contains(true))
                return text;
            if (!isAbstract && Words.Count(text) <= ShortParagraph)
                return LeaveOut(text);
            for (var time = 0; time < Beside; time++)
                Spread(sentences, marked);
            left.Add(string.Join(' ', sentences.Where((_, index) => marked[index])));
            return string.Join(' ', sentences.Where((_, index) => !marked[index]));
        }

        private void Spread(List<string> sentences, List<bool> marked)
        {
            var former = marked.ToArray();
            for (var index = 0; index < sentences.Count; index++)
                marked[index] |= ((index > 0 && former[index - 1]) || (index + 1 < former.Length && former[index + 1])) && !Belongs(sentences[index]);
        }

        private bool Belongs(string sentence)
        {
            var words = ContentWords.Of(sentence).ToList();
            var own = words.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            return words.Count(word => counts.Value.GetValueOrDefault(word) > own[word]) >= LeastShared * words.Count;
        }

        // Rows of tables, programs and headings may be names alone.
        private bool IsNoStatement(string text, bool isProse, bool isAbstract = false) =>
            text.Length >= ShortestText && (Directive.Find(text, words => IsSubject(words, isAbstract)) is not null || (isProse && !Readability.IsReadable(text)));

        private bool IsSubject(string words, bool isAbstract) =>
            ContentWords.Of(words).Exists(word => title.Contains(word) || ofAbstract.Value.GetValueOrDefault(word) >= (isAbstract ? OftenInAbstract : 1));

        private static IEnumerable<string> Blocks(PaperText paper) => paper.Sections.SelectMany(section => section.Blocks).Select(block => block.Text).Append(paper.Abstract).Append(paper.Title);
    }
}
