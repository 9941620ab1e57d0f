using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Digests;
using Denoised.Text;

namespace Denoised.Benchmarks;

/// <summary>What a digest costs in tokens (o200k): the prompts of the papers that digests were written of by hand, and these digests as answers.</summary>
internal static class PromptEvaluation
{
    // As models write it: no letter escaped, no white space.
    private static readonly DraftJson json = new(new JsonSerializerOptions(DraftJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static int Run()
    {
        var fixedTokens = TokenCounter.Count(SummaryPrompt.System) + TokenCounter.Count(SummaryPrompt.Schema);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"instructions {TokenCounter.Count(SummaryPrompt.System)}, schema {TokenCounter.Count(SummaryPrompt.Schema)} tokens"));
        List<(int In, int Plain, double Out)> papers = [];
        foreach (var paper in DigestCorpus.Read().GroupBy(digest => digest.Source))
        {
            var text = TextSelection.Of(paper.Key.Given.Paper, new SummarizerOptions().TextTokens);
            var given = paper.Key.Given with { Numbered = text.Numbered };
            var tokens = TokenCounter.Count(SummaryPrompt.User(paper.Key.Paper.Id, given));
            var plain = TokenCounter.Count(Marker.Replace(text.Text, ""));
            var answer = paper.Average(digest => TokenCounter.Count(JsonSerializer.Serialize(digest.Draft, json.ModelDraft)));
            papers.Add((tokens, plain, answer));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paper.Key.File,-46} {tokens,6} in, {plain,6} without numbers, {text.Numbered.Ordinals.Count,4} sentences, {answer,5:F0} out"));
        }

        if (papers.Count == 0)
            return 1;
        var verified = DigestCorpus.Read().Select(digest => SummaryCheck.Run(digest.Draft, digest.Source.Paper, digest.Source.Given).Accepted).OfType<Summary>().Select(Verifier.MessageOf).ToList();
        var verdict = TokenCounter.Count($"\"{nameof(Verdict.Supported)}\",");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"verifier: mean of {verified.Count} digests: {TokenCounter.Count(Verifier.System) + TokenCounter.Count(Verifier.Schema) + verified.Average(message => TokenCounter.Count(message.Message)):F0} in, {verified.Average(message => message.Pairs * verdict):F0} out, {verified.Average(message => message.Pairs):F1} pairs"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mean of {papers.Count} papers: {fixedTokens + papers.Average(paper => paper.In):F0} in with instructions and schema, {papers.Average(paper => paper.In):F0} of the paper ({papers.Average(paper => paper.Plain):F0} without numbers), {papers.Average(paper => paper.Out):F0} out"));
        return 0;
    }

    private static readonly LinearRegex Marker = new(@"\[s\d+\] ");
}
