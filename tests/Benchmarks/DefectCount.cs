using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Benchmarks;

/// <summary>
/// Counts visible defects of extracted paper texts, by file: <c>defects &lt;folder&gt; …</c>. It has no reference text: the counts compare two versions
/// of the reader over the same files. Zero does not mean that a text is right.
/// </summary>
internal static partial class DefectCount
{
    private const int MaxHeadingWords = 14;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Length == 0 || Array.Find(args, folder => !Directory.Exists(folder)) is not null)
        {
            await Console.Error.WriteLineAsync("defects <folder with HTML and PDF files> …");
            return 2;
        }

        Console.WriteLine("| file | sections | abstract, words | torn paragraphs | odd headings | split words | stray accents | raw TeX |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var folder in args)
        {
            foreach (var (name, paper) in await PaperFiles.ReadAsync(folder, cancellationToken))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| `{name}` | {paper.Sections.Count} | {Words.Count(paper.Abstract)} | {Torn(paper)} | {OddHeadings(paper)} | {Count(paper, SplitWord())} | {Count(paper, StrayAccent())} | {RawTex(paper)} |"));
            }
        }

        return 0;
    }

    /// <summary>Paragraphs that end within a sentence, where the next one goes on with a small letter.</summary>
    private static int Torn(PaperDocument paper) => paper.Sections.Sum(section => section.Blocks.Zip(section.Blocks.Skip(1)).Count(pair =>
        pair is { First.Kind: BlockKind.Paragraph, Second.Kind: BlockKind.Paragraph } && pair.Second.Text.Length > 0 && char.IsLower(pair.Second.Text[0])
        && !SentenceEnd().IsMatch(pair.First.Text)));

    /// <summary>Headings that are prose: long, or ending within a word or a clause.</summary>
    private static int OddHeadings(PaperDocument paper) =>
        paper.Sections.Count(section => Words.Count(section.Heading) > MaxHeadingWords || section.Heading.EndsWith('-') || section.Heading.EndsWith(','));

    private static int RawTex(PaperDocument paper) => Texts(paper).Sum(text => TexCommand().Count(Formula().Replace(text, "")));

    private static int Count(PaperDocument paper, Regex pattern) => Texts(paper).Sum(pattern.Count);

    private static IEnumerable<string> Texts(PaperDocument paper) =>
        paper.Sections.SelectMany(section => section.Blocks.Where(block => block.Kind == BlockKind.Paragraph).Select(block => block.Text)).Prepend(paper.Abstract);

    [GeneratedRegex(@"[.:;?!,)\]\u201D""'$]\s*$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^[B-HJ-Z] (?:[A-Z]{2,}|[a-z]{3,}) [a-z]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex SplitWord();

    [GeneratedRegex(@"(?<![^\s])[\u02C6\u02DC\u00AF\u00B4\u00A8\u02C7\u02D8\u02D9](?![^\s])", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex StrayAccent();

    [GeneratedRegex(@"\$[^$]*\$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\\[A-Za-z]{2,}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex TexCommand();
}
