using System.Text.Json;
using CsCheck;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Simulators.OpenAi;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Model;

/// <summary>Responses of servers with different formats: the content and the result kind that the client reads from them.</summary>
public sealed class ModelAnswerTests
{
    private const string Draft = """{"tags":["NLP"],"keyPoints":[{"evidence":[1],"text":"A claim about </think> and lamps."}],"summary":[{"evidence":[1,2],"text":"A summary."}],"methodology":null,"results":null,"implications":null}""";

    // The recorded responses have an older digest format.
    private const string PreviousSummary = @"\""summary\"": \""A summary.\""";
    private const string FormerQuote = @"\""resultsQuote\"": null, ";
    private const string Summary = @"\""summary\"": [{\""evidence\"": [1], \""text\"": \""A summary.\""}]";
    private const string Usage = """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""";

    [Fact]
    public async Task The_client_reads_each_recorded_response_as_expected()
    {
        using var all = JsonDocument.Parse(await File.ReadAllTextAsync(RealInput.Path("../cases/model-answers.json"), TestContext.Current.CancellationToken));
        foreach (var given in all.RootElement.EnumerateArray())
            await ReadAsExpectedAsync(given);
    }

    private static async Task ReadAsExpectedAsync(JsonElement given)
    {
        var (status, body, expected) = (given.GetProperty("status").GetInt32(), given.GetProperty("body").GetRawText().Replace(PreviousSummary, Summary, StringComparison.Ordinal).Replace(FormerQuote, "", StringComparison.Ordinal), given.GetProperty("expected").GetString()!);
        await using var server = await ModelServer.StartAsync();

        var response = await server.AskAsync(new PrescribedAnswer(status, body));

        if (expected.StartsWith("draft read", StringComparison.Ordinal))
        {
            Assert.Equal("A summary.", ModelDraft.Parse(response.Content!)?.Summary?.Single().Text);
            Assert.Equal((10, 5, false), (response.Usage.Input, response.Usage.Output, response.Usage.IsEstimated));
        }
        else if (status == 200)
        {
            Assert.Equal((ModelResponseKind.Truncated, 900, 6000), (response.Kind, response.Usage.Input, response.Usage.Output));
        }
        else if (server.Bodies.Count == 2)
        {
            // The client retries without the setting named in the error, and the simulator responds.
            Assert.Equal(ModelResponseKind.Answered, response.Kind);
            Assert.True(server.Bodies[0].TryGetProperty("reasoning_effort", out _));
            Assert.False(server.Bodies[1].TryGetProperty("reasoning_effort", out _));
        }
        else
        {
            var error = given.GetProperty("body");
            var message = (error.TryGetProperty("error", out var inner) ? inner : error).GetProperty("message").GetString()!;
            Assert.Equal(ModelResponseKind.Rejected, response.Kind);
            Assert.Contains(message.TrimEnd('.'), response.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("%")]
    [InlineData("\uFEFF%")]
    [InlineData("\u200B \n%\n")]
    [InlineData("```json\n%\n```")]
    [InlineData("``` JSON\r\n%```")]
    [InlineData("<think>First I look at {the lamps}.</think>\n%")]
    [InlineData("First I look at the lamps, then {\"answer\": 1}.\n</think>\n\n```\n%\n```")]
    [InlineData("<thinking>\nHm.\n</thinking>Here it is:\n%\nI hope this helps {you}.")]
    [InlineData("<think>I never stop.\n%")]
    [InlineData("The form is {\"tags\": [], \"summary\": []}, so:\n\n%\n\n{}")]
    [InlineData("{\"digest\": %}")]
    [InlineData("<|channel|>analysis<|message|>Lamps {fail}.<|end|><|start|>assistant<|channel|>final<|message|>%")]
    public void The_parser_finds_the_JSON_anywhere_in_the_response(string shape)
    {
        var draft = ModelDraft.Parse(shape.Replace("%", Draft, StringComparison.Ordinal));
        Assert.Equal("A summary.", draft?.Summary?.Single().Text);
        Assert.Equal("A claim about </think> and lamps.", Assert.Single(draft!.KeyPoints!).Text);
    }

    [Fact]
    public void A_draft_after_the_reasoning_wins_over_one_within_it()
    {
        var draft = ModelDraft.Parse($"<think>{Draft.Replace("A summary.", "A longer first summary.", StringComparison.Ordinal)} No, shorter.</think>{Draft}");
        Assert.Equal("A summary.", draft?.Summary?.Single().Text);
    }

    [Theory]
    [InlineData("[12]", 12)]
    [InlineData("[\"12\", \"s7\", \"[s3]\"]", 12, 7, 3)]
    [InlineData("12", 12)]
    [InlineData("[-3, 1e99, 2.5, \"many\", \"\\ud800\", null, {\"a\": [1]}, [4]]", -3, 0, 0, 0, 0, 0, 0, 0)]
    [InlineData("[]")]
    [InlineData("null")]
    public void The_parser_reads_sentence_numbers_in_every_form_and_others_as_0(string evidence, params int[] numbers)
    {
        var draft = ModelDraft.Parse(Draft.Replace("[1,2]", evidence, StringComparison.Ordinal));
        Assert.Equal(numbers, draft!.Summary!.Single().Evidence ?? []);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I cannot do that.")]
    [InlineData("{\"tags\": [\"NLP\"], \"summary\": \"cut of")]
    [InlineData("[1, 2, {\"a\": 1}]")]
    public void A_response_without_JSON_of_the_schema_is_not_a_draft(string content) => Assert.Null(ModelDraft.Parse(content));

    [Fact]
    public void The_parser_finds_JSON_within_any_text_in_bounded_time()
    {
        var noise = Gen.OneOf("{", "}", "\"", "[", "{\"a\":", "{\"tags\":[", "`", " ", "text", "\n", "\\", "<think>", "é").Array[0, 40].Select(string.Concat);
        Gen.Select(noise, noise).Sample((before, after) =>
        {
            var balanced = before.Contains('"', StringComparison.Ordinal) || before.Contains('{', StringComparison.Ordinal) || before.Contains('[', StringComparison.Ordinal) ? "." : before;
            return ModelDraft.Parse($"{balanced}\n{Draft}\n{after}")?.Summary?.Single().Text == "A summary.";
        }, iter: 2_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ModelDraft.Parse(string.Concat(Enumerable.Repeat("{\"a\":[1,{\"b\":", 50_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"%1"},{"type":"text","text":"%2"}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"%1%2"}]}""")]
    [InlineData("""{"role":"assistant","content":["%1","%2"]}""")]
    [InlineData("""{"role":"assistant","content":null,"reasoning_content":"%1%2"}""")]
    [InlineData("""{"role":"assistant","content":"","reasoning":"%1%2"}""")]
    [InlineData("""{"role":"assistant","content":%0}""")]
    public async Task The_client_reads_the_text_of_a_message_in_every_form(string message)
    {
        await using var server = await ModelServer.StartAsync();
        var filled = message.Replace("%0", Draft, StringComparison.Ordinal).Replace("%1", Escape(Draft[..40]), StringComparison.Ordinal).Replace("%2", Escape(Draft[40..]), StringComparison.Ordinal);

        var response = await server.AskAsync(Completion(filled, Usage));

        Assert.Equal(ModelResponseKind.Answered, response.Kind);
        Assert.Equal("A summary.", ModelDraft.Parse(response.Content!)?.Summary?.Single().Text);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5}""", 10, 5)]
    [InlineData("""{"prompt_tokens":10.0,"completion_tokens":5e0}""", 10, 5)]
    [InlineData("""{"prompt_tokens":"10","completion_tokens":"5"}""", 10, 5)]
    [InlineData("""{"input_tokens":10,"output_tokens":5}""", 10, 5)]
    [InlineData("""{"promptTokens":10,"completionTokens":5}""", 10, 5)]
    [InlineData("""{"prompt_tokens":10,"total_tokens":15}""", 10, 5)]
    [InlineData("""{"completion_tokens":5,"total_tokens":15}""", 10, 5)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":-3},"completion_tokens_details":7}""", 10, 5)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":[],"completion_tokens_details":{"reasoning_tokens":99}}""", 10, 5)]
    public async Task The_client_reads_usage_under_every_name_and_number_format(string usage, int sent, int received)
    {
        await using var server = await ModelServer.StartAsync();

        var response = await server.AskAsync(Completion(Message(Draft), usage));

        Assert.Equal(ModelResponseKind.Answered, response.Kind);
        Assert.Equal((sent, received, false), (response.Usage.Input, response.Usage.Output, response.Usage.IsEstimated));
        Assert.InRange(response.Usage.Cached, 0, sent);
        Assert.InRange(response.Usage.Reasoning, 0, received);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"free\"")]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":null}""")]
    [InlineData("""{"prompt_tokens":-1,"completion_tokens":-1}""")]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""")]
    [InlineData("""{"prompt_tokens":"many","completion_tokens":{"all":5}}""")]
    public async Task A_response_without_usage_is_accepted_with_estimated_usage(string? usage)
    {
        await using var server = await ModelServer.StartAsync();

        var response = await server.AskAsync(Completion(Message(Draft), usage));

        Assert.Equal(ModelResponseKind.Answered, response.Kind);
        Assert.True(response.Usage.IsEstimated);
        var prompt = ModelServer.Request().Messages.Sum(message => TokenCounter.Count(message.Content)) + TokenCounter.Count(SummaryPrompt.Schema);
        Assert.Equal((prompt, TokenCounter.Count(Draft)), (response.Usage.Input, response.Usage.Output));
    }

    [Theory]
    [InlineData("""{"error":{"code":429,"message":"Slow down."}}""", ModelResponseKind.Throttled, "Slow down")]
    [InlineData("""{"error":{"message":"Upstream is gone."}}""", ModelResponseKind.Failed, "Upstream is gone")]
    [InlineData("""{"choices":[{"error":{"code":502,"message":"Upstream broke off."}}]}""", ModelResponseKind.Failed, "Upstream broke off")]
    [InlineData("<!doctype html><title>A chat for everybody</title>", ModelResponseKind.Rejected, "A chat for everybody")]
    [InlineData("""{"choices":[{"message":{"content":"cut""", ModelResponseKind.Failed, "no JSON")]
    [InlineData("", ModelResponseKind.Failed, "empty")]
    [InlineData("[]", ModelResponseKind.Failed, "no text")]
    public async Task A_200_without_a_completion_is_a_failure_with_its_message(string body, ModelResponseKind kind, string reason)
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(new PrescribedAnswer(200, body));
        Assert.Equal(kind, response.Kind);
        Assert.Contains(reason, response.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reasoning_tag_within_the_JSON_is_part_of_the_text() => Assert.Equal(Draft, ModelResponseText.RemoveReasoning(Draft));

    [Fact]
    public void The_JSON_parser_skips_a_byte_order_mark() => Assert.Equal(JsonValueKind.Object, LenientJson.Parse([0xEF, 0xBB, 0xBF, .. "{}"u8])?.ValueKind);

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5}""", false)]
    [InlineData("""{"prompt_tokens":10}""", true)]
    [InlineData("""{"completion_tokens":5}""", true)]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":5}""", true)]
    public void A_missing_count_marks_the_usage_as_estimated(string usage, bool isEstimated) =>
        Assert.Equal(isEstimated, TokenUsage.Read(JsonElement.Parse(usage), ModelServer.Request(), Draft).IsEstimated);

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4}}""", 4)]
    [InlineData("""{"input_tokens":10,"output_tokens":5,"input_tokens_details":{"cached_tokens":4}}""", 4)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_cache_hit_tokens":3}""", 3)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":40}}""", 10)]
    public void Cached_tokens_never_exceed_the_prompt_tokens(string usage, int cached) =>
        Assert.Equal(cached, TokenUsage.Read(JsonElement.Parse(usage), ModelServer.Request(), Draft).Cached);

    private static PrescribedAnswer Completion(string message, string? usage) =>
        new(200, $$"""{"id":"x","choices":[{"index":0,"finish_reason":"stop","message":{{message}}}]{{(usage is null ? "" : $",\"usage\":{usage}")}}}""");

    private static string Message(string content) => $$"""{"role":"assistant","content":"{{Escape(content)}}"}""";

    private static string Escape(string text) => JsonSerializer.Serialize(text)[1..^1];
}
