using System.Text;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Grounding.Numbers;
using Denoised.Model;
using Denoised.Publishing.Pages;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Fuzzing;
using Denoised.TestSupport.Papers;
using Denoised.Tests.Arxiv;

namespace Denoised.Tests.Fuzzing;

/// <summary>A short run of the fuzzer (long: <c>tests/Benchmarks -- fuzz</c>) and regression tests for its findings.</summary>
public sealed class FuzzTests(StorageFixture storage)
{
    [Theory]
    [InlineData("rss", 100)]
    [InlineData("atom", 100)]
    [InlineData("catchup", 60)]
    [InlineData("answers", 100)]
    [InlineData("queries", 40)]
    public Task The_product_reads_or_rejects_mutated_inputs_within_the_bounds(string name, int count) => FuzzAsync(name, count);

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData("html", 40)]
    [InlineData("pdf", 40)]
    public Task The_product_reads_or_rejects_mutated_papers_within_the_bounds(string name, int count) => FuzzAsync(name, count);

    private async Task FuzzAsync(string name, int count)
    {
        RealInput.Path("arxiv");
        string? account = null;
        if (name == FuzzTargets.Queries)
        {
            account = storage.TakeAccount();
            await QueryTarget.FillAsync(account, TestContext.Current.CancellationToken);
        }

        await using var target = FuzzTargets.Create(name, account, child: null);
        var findings = new List<FuzzFinding>();
        var figures = new FuzzRun(target, seed: 2026).Run(from: 0, count, static _ => { }, findings.Add);

        Assert.Equal([], findings);
        Assert.Equal(count, figures.Inputs);

        // The inputs end in different ways: neither all invalid nor all intact.
        Assert.True(figures.Ends.Count >= 3, string.Join(", ", figures.Ends.Keys));
    }

    [Fact]
    public void A_seed_and_a_number_always_give_the_same_mutation()
    {
        var mutator = new Mutator(["<a><b>1</b><b>22</b></a>"u8.ToArray(), "<c/>"u8.ToArray()], ["<d>"], Structure.Markup);
        var inputs = Enumerable.Range(0, 500).Select(number => Convert.ToHexString(mutator.Mutate(3, number))).ToList();
        Assert.Equal(inputs, Enumerable.Range(0, 500).Select(number => Convert.ToHexString(mutator.Mutate(3, number))));
        Assert.True(inputs.Distinct(StringComparer.Ordinal).Count() > 200);
        Assert.NotEqual(inputs, Enumerable.Range(0, 500).Select(number => Convert.ToHexString(mutator.Mutate(4, number))));
    }

    // Findings of the fuzzer. Each input is reduced, or enlarged, until it shows nothing but the defect.
    [Theory]
    [InlineData("429\nretry-after: 99999999999999999999\n\n{}")]
    [InlineData("429\nretry-after-ms: 99999999999999999999999999999\n\n{}")]
    [InlineData("429\nretry-after: 300000000000\n\n{}")]
    [InlineData("200\n\n{\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":{\"prompt_tokens\":2147483647,\"completion_tokens\":2147483647}}")]
    [InlineData("200\n\n{\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":-2147483648}}")]
    [InlineData("200\n\n{\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":999}}}")]
    public async Task Invalid_figures_of_a_model_server_become_valid_ones(string input)
    {
        await using var target = AnswerTarget.Of(null);
        target.Read(Encoding.UTF8.GetBytes(input));
    }

    [Fact]
    public async Task Unusual_requests_get_a_fast_response()
    {
        var account = storage.TakeAccount();
        await QueryTarget.FillAsync(account, TestContext.Current.CancellationToken);
        await using var target = new QueryTarget(account);
        foreach (var request in new[] { "papers/", "papers/\nif-none-match: \"abc\"", "days/latest\naccept-encoding: br;" + string.Concat(Enumerable.Repeat("%EF%BC%A1", 200_000)), "days/latest\nif-none-match: " + string.Concat(Enumerable.Repeat("W/\"x", 200_000)) })
        {
            var end = target.Read(Encoding.UTF8.GetBytes(request));
            Assert.Equal(request.StartsWith("papers", StringComparison.Ordinal) ? "400" : "200", end);
        }
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("999", "999")]
    [InlineData("1234", "1,234")]
    [InlineData("-1234567", "-1,234,567")]
    public void The_number_format_inserts_thousands_separators(string value, string written) => Assert.Equal(written, TemplateFormats.Write("number", value));

    [Fact]
    public void Formatting_a_very_long_number_takes_linear_time() =>
        Assert.Equal(133_333, TemplateFormats.Write("number", new string('1', 100_000)).Length);

    [Fact]
    public void Parsing_a_catch_up_page_with_100_000_terms_takes_linear_time()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]).Replace("a method", string.Concat(Enumerable.Repeat("<dt>", 100_000)), StringComparison.Ordinal);
        var page = CatchUpPage.Parse(html, "cs.LG");
        Assert.Equal(100_001, page.Entries);
        Assert.Equal(page.Entries, page.Papers.Count + page.Problems.Count(static problem => problem.Contains("cannot be read", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_parsers_reject_deep_nesting_before_it_takes_quadratic_time()
    {
        var xml = ArxivWriter.Rss([ArxivWriter.Sample()]).Replace("a method", string.Concat(Enumerable.Repeat("<link>", 500_000)), StringComparison.Ordinal);
        Assert.Contains("deep", Assert.Throws<ArxivException>(() => ListingFeed.Parse(xml, "cs.LG")).Message, StringComparison.Ordinal);
        Assert.Contains("deep", Assert.Throws<ArxivException>(() => MetadataFeed.Parse(ArxivWriter.Api([ArxivWriter.Sample()]).Replace("a method", string.Concat(Enumerable.Repeat("<link>", 500_000)), StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summarizer_processes_a_repeated_sentence_once()
    {
        var paper = ArxivWriter.Sample() with { Abstract = string.Concat(Enumerable.Repeat("We win by 3 percent now. ", 800)) };
        var summary = ExtractiveSummarizer.Summarize(paper, DateTimeOffset.UnixEpoch);
        Assert.Equal("We win by 3 percent now.", Assert.Single(summary.KeyPoints).Claim);
    }

    [Theory]
    [InlineData("in the encoder layer ", 3_000)]
    [InlineData(" 40 ", 12_000)]
    [InlineData("-1", 5_000)]
    [InlineData("-1", 2_000)]
    [InlineData(" #", 4_000)]
    [InlineData(" #", 1_000)]
    [InlineData("LLaMA-3", 6_000)]
    [InlineData("always ", 3_000)]
    public void Checking_a_very_long_model_sentence_takes_bounded_memory(string piece, int times)
    {
        var text = ModelInput.OfAbstract("A title", "We propose LanternNet, a graph network. It reduces collisions by 12.5 percent on 40 harbours.");
        var prose = "It reduces collisions by " + string.Concat(Enumerable.Range(1, times).Select(place => piece.Replace("#", $"{place}.5", StringComparison.Ordinal)));
        var draft = new ModelDraft { Tags = ["NLP"], Summary = [new DraftSentence([1, 2], prose)], Results = [new DraftSentence([2], prose)], KeyPoints = [new DraftSentence([2], "It reduces collisions by 12.5 percent on all harbours."), new DraftSentence([1, 2], prose)] };
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(SummaryCheck.Run(draft, ArxivWriter.Sample(), text).Accepted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100L * 1024 * 1024);
    }

    [Fact]
    public void Checking_a_response_with_thousands_of_sentences_takes_bounded_memory()
    {
        var text = ModelInput.OfAbstract("A title", "We propose LanternNet, a graph network. It reduces collisions by 12.5 percent on 40 harbours.");
        var many = Enumerable.Range(1, 5_000).Select(place => new DraftSentence([1, 2], $"It is {place}.")).ToArray();
        var draft = new ModelDraft { Tags = ["NLP"], KeyPoints = many, Summary = many, Methodology = many, Results = many, Implications = many };
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(SummaryCheck.Run(draft, ArxivWriter.Sample(), text).Accepted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 50L * 1024 * 1024);
    }

    [Fact]
    public void The_check_sorts_a_papers_numbers_once_for_all_numbers_of_a_sentence()
    {
        var text = ModelInput.OfAbstract("A title", string.Concat(Enumerable.Range(1, 400).Select(harbour => $"It reduces collisions by {harbour}.5 percent, and by {harbour}.2 percent in winter. ")));
        ModelDraft Draft(int numbers) =>
            new() { Tags = ["NLP"], KeyPoints = [new DraftSentence([1, 2], "It reduces collisions " + string.Concat(Enumerable.Range(1, numbers).Select(place => $"by {place}000.7 collisions ")))] };

        // The first use compiles the regular expressions, once per process.
        SummaryCheck.Run(Draft(1), ArxivWriter.Sample(), text);
        var draft = Draft(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failures = SummaryCheck.Run(draft, ArxivWriter.Sample(), text).Failures;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100L * 1024 * 1024);
        Assert.Contains(failures, static failure => failure.Contains("more than 2000 characters", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "1", 400)]
    [InlineData("0.", "3", 400)]
    [InlineData("5", " million", 20_000)]
    public void The_parser_reads_a_very_long_number_and_only_the_same_number_backs_it(string beginning, string piece, int times)
    {
        var number = beginning + string.Concat(Enumerable.Repeat(piece, times));
        var sentence = $"It reduces collisions of ships by {number} more than 40 harbours do.";
        foreach (var paper in (string[])["It reduces collisions of ships by 0.3 more, and by 12 on 40 harbours.", sentence])
        {
            var text = ModelInput.OfAbstract("A title", paper);
            var index = new SourceIndex(ArxivWriter.Sample(), text.Paper);
            var numbered = new NumberedSentence(sentence, index);
            Assert.Equal(paper == sentence, NumberCheck.IsSupported(numbered.Numbers[0], numbered));
            Assert.All(numbered.Numbers, quantity => Assert.InRange(quantity.SignificantDigits, 1, 310));
        }
    }

    [Fact]
    public void The_form_check_finds_a_failure_in_100_000_unclosed_tags() =>
        Assert.NotNull(FormCheck.Find(string.Concat(Enumerable.Repeat("<a you ", 100_000))));
}
