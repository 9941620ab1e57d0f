using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Summaries;

namespace Denoised.Benchmarks;

/// <summary>
/// What a model is given of each HTML and PDF file below a folder at several budgets: tokens, of how many, and the share of the numbers of the sections
/// of experiments and results that is among it; then the computing time of the selection: <c>tokens &lt;folder&gt;</c>.
/// </summary>
internal static partial class TokenEvaluation
{
    private const int Repeats = 20;

    private static readonly int[] budgets = [4_000, 8_000, 12_000, 16_000, 24_000];

    public static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync("tokens <folder with HTML and PDF files>");
            return 2;
        }

        var start = Stopwatch.GetTimestamp();
        TokenCounter.Count("marbles");
        var load = Stopwatch.GetElapsedTime(start);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-42} {"whole",7} {string.Join(' ', budgets.Select(budget => $"{budget,14}")),-74}  CPU at {new SummarizerOptions().TextTokens}"));
        var (sent, kept, all, papers) = (new long[budgets.Length], new long[budgets.Length], 0L, 0);
        var whole = 0L;
        foreach (var (name, paper) in await PaperFiles.ReadAsync(folder, cancellationToken))
        {
            var wholeTokens = TextSelection.Of(paper, int.MaxValue / 2) is var uncut ? TokenCounter.Count(uncut.Text) : 0;
            var numbers = NumbersOfResults(paper);
            StringBuilder row = new();
            for (var index = 0; index < budgets.Length; index++)
            {
                var text = TextSelection.Of(paper, budgets[index]).Text;
                var tokens = TokenCounter.Count(text);
                var squeezed = Squeezed(text);
                var found = numbers.Count(number => squeezed.Contains(number, StringComparison.Ordinal));
                (sent[index], kept[index]) = (sent[index] + tokens, kept[index] + found);
                row.Append(CultureInfo.InvariantCulture, $" {tokens,6} {Share(found, numbers.Count),7}");
            }

            (whole, all, papers) = (whole + wholeTokens, all + numbers.Count, papers + 1);
            var before = Environment.CpuUsage.UserTime;
            for (var repeat = 0; repeat < Repeats; repeat++)
                TextSelection.Of(paper, new SummarizerOptions().TextTokens);
            var cpu = (Environment.CpuUsage.UserTime - before) / Repeats;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-42} {wholeTokens,7}{row}  {cpu.TotalMilliseconds,6:F1} ms, {numbers.Count} numbers"));
        }

        if (papers == 0)
            return 1;
        var means = string.Concat(budgets.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $" {sent[index] / papers,6} {Share(kept[index], all),7}")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"mean",-42} {whole / papers,7}{means}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The tokenizer was loaded in {load.TotalMilliseconds:F0} ms."));
        return 0;
    }

    private static string Share(long part, long all) => all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:F1} %");

    /// <summary>Each number with what stands around it, white space left out, so that it is told from its like elsewhere.</summary>
    private static List<string> NumbersOfResults(PaperDocument paper)
    {
        List<string> numbers = [];
        foreach (var block in paper.Sections.Where(section => section.Kind is SectionKind.Results or SectionKind.Experiments).SelectMany(section => section.Blocks))
        {
            foreach (var line in block.Text.Split('\n'))
            {
                foreach (var match in Number().EnumerateMatches(line))
                {
                    var from = Math.Max(0, match.Index - 12);
                    numbers.Add(Squeezed(line[from..Math.Min(line.Length, match.Index + match.Length + 8)]));
                }
            }
        }

        return numbers;
    }

    private static string Squeezed(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    [GeneratedRegex("[0-9]+([.,][0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Number();
}
