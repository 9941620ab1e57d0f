using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Papers;
using Denoised.Text;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>
/// What the model's service answers, to what is accepted of it. An input is either "draft", a line break and the JSON that the model wrote, or
/// a status, header lines, an empty line and a body.
/// </summary>
internal sealed class AnswerTarget : FuzzTarget
{
    private const string Draft = "draft\n";

    private static readonly Paper paper = ArxivWriter.Sample("1706.03762", "A real paper");
    private static readonly ChatRequest request = new() { Model = "a-model", Messages = [new ChatTurn("user", "A prompt.")], MaxCompletionTokens = 6_000 };
    private readonly ModelInput text;
    private readonly ModelInput abstractOnly;

    private AnswerTarget(ModelInput text, ModelInput abstractOnly)
        : base("answers", new Mutator(Seeds(text, abstractOnly), Pieces, Structure.Json)) =>
        (this.text, this.abstractOnly) = (text, abstractOnly);

    private static string[] Pieces { get; } =
    [
        "\"", "null", "true", "{}", "[]", "[[[[[[", "}}}}", "\\u0000", "\\ud800", "\\\"", "\"keyPoints\":", "\"evidence\":[1]", "\"evidence\":[-1,9e9,\"s2\"]", "\"text\":", "\"tags\":[\"NLP\"]", "\"summary\":", "\"content\":", "\"refusal\":\"no\"", "\"finish_reason\":\"length\"", "\"finish_reason\":\"content_filter\"",
        "\"choices\":[]", "\"usage\":", "\"prompt_tokens\":", "-1", "1e9", "2147483647", "retry-after: ", "retry-after-ms: ", "x-ratelimit-limit-requests: ", "429\n", "400\n", "200\n", "500\n", "**", "<b ", "<a href=", "https://", "](", "```", "# ", "$", "\\\\frac{", "12.5 %", "1,000", "± 0.2",
        "twenty-five", "LLaMA-3", "BLEU", " and ", ". ", "\u00c2\u00ad", "\u00e2\u0080\u008b", "\u00ef\u00ac\u0081", "\"error\":{\"code\":\"content_filter\",\"message\":\"m\"}", "-", "\\n",
    ];

    /// <param name="folder">The real data's folder, or null where there is none: an invented paper then stands for the real one.</param>
    public static AnswerTarget Of(string? folder)
    {
        var html = folder is null ? InventedPaper.Page() : File.ReadAllText(Path.Combine(folder, "html", "1706.03762.html"));
        var read = HtmlPaperReader.Read(html).Document ?? throw new InvalidDataException("The paper cannot be read.");
        return new AnswerTarget(
            new ModelInput(TextOrigin.Html, TextSelection.Of(read, 6_000).Numbered, [], read),
            ModelInput.OfAbstract(paper.Title, "We propose LanternNet, a graph network. It reduces collisions by 12.5 percent on 40 harbours. Nobody has shown this before."));
    }

    public override string Read(byte[] input)
    {
        // Latin-1 for the head, as of headers; the body stays bytes.
        var whole = Encoding.Latin1.GetString(input);
        if (whole.StartsWith(Draft, StringComparison.Ordinal))
            return Check(Encoding.UTF8.GetString(input.AsSpan(Draft.Length)));

        var end = whole.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (end < 0 ? whole : whole[..end]).Split('\n');
        var body = end < 0 ? [] : input[(end + 2)..];
        using var raw = new RawResponse(int.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 200, head[1..], body);
        var response = ModelResponse.Read(raw, request, DateTimeOffset.UtcNow);

        // What follows of it everywhere: the sums, and the pause that all instances keep.
        _ = response.Usage.Cost(new SummarizerOptions());
        if (response.Usage is not { Input: >= 0, Output: >= 0, Total: >= 0, Cached: >= 0, Reasoning: >= 0 })
            throw new InvalidOperationException($"The usage {response.Usage} is no usage.");
        _ = DateTimeOffset.UtcNow + (response.RetryAfter ?? TimeSpan.Zero);
        if (response.RequestsPerMinute is > 0 and var limit)
            _ = TimeSpan.FromMinutes(1) / limit;
        return response.Content is { } content ? Check(content) : response.Kind.ToString();
    }

    private string Check(string content)
    {
        var draft = ModelDraft.Parse(content);
        var source = content.Length % 3 == 0 ? abstractOnly : text;
        var check = SummaryCheck.Run(draft, paper, source);
        if (check.Failures.Count > 0)
            SummaryPrompt.Repair(check.Failures);
        if (check.Accepted is not { } accepted)
            return draft is null ? "no draft" : "not accepted";
        JsonSerializer.SerializeToUtf8Bytes(accepted, DomainJson.Default.Summary);
        return check.Failures.Count > 0 ? "accepted in part" : "accepted";
    }

    private static List<byte[]> Seeds(ModelInput text, ModelInput abstractOnly)
    {
        var seeds = new List<string>();
        foreach (var source in new[] { text, abstractOnly })
        {
            for (var points = 3; points <= 5; points++)
            {
                var draft = Compose(source, points);
                seeds.Add(Draft + draft);
                seeds.Add(Draft + draft);
                seeds.Add($$$$"""
                    200
                    content-type: application/json
                    x-ratelimit-limit-requests: 300

                    {"id":"c","object":"chat.completion","model":"a-model","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":{{{{JsonSerializer.Serialize(draft)}}}},"refusal":null}}],"usage":{"prompt_tokens":5120,"completion_tokens":812,"total_tokens":5932,"prompt_tokens_details":{"cached_tokens":1024},"completion_tokens_details":{"reasoning_tokens":64}}}
                    """);
            }
        }

        seeds.Add("429\nretry-after: 12\nretry-after-ms: 11900\n\n{\"error\":{\"code\":\"429\",\"message\":\"Too many.\"}}");
        seeds.Add("400\ncontent-type: application/json\n\n{\"error\":{\"code\":\"content_filter\",\"message\":\"Filtered.\",\"inner_error\":{\"code\":\"x\"}}}");
        seeds.Add("503\nretry-after: 3\n\n<html><body>Service unavailable</body></html>");
        return seeds.ConvertAll(seed => Encoding.UTF8.GetBytes(seed.ReplaceLineEndings("\n")));
    }

    /// <summary>What a careful model would write: sentences of the paper, each on itself.</summary>
    private static string Compose(ModelInput source, int points)
    {
        var all = PaperSentences.Of(source.Paper);
        var sentences = source.Numbered.Ordinals.Index()
            .Select(given => new DraftSentence([given.Index + 1], all[given.Item].Text))
            .Where(static sentence => sentence.Text!.Split(' ').Length is >= 5 and <= 30)
            .ToList();
        var draft = new ModelDraft
        {
            Tags = ["NLP", "Theory"],
            KeyPoints = [.. Enumerable.Range(0, points).Select(number => sentences[number * 7 % sentences.Count]).Select(static sentence => sentence with { Text = string.Join(' ', sentence.Text!.Split(' ').Take(18)) + "." })],
            Summary = Sentences(0, 130),
            Methodology = Sentences(20, 40),
            Results = Sentences(40, 40),
            Implications = points == 4 ? null : Sentences(60, 30),
        };
        return JsonSerializer.Serialize(draft, DraftJson.Default.ModelDraft);

        DraftSentence[] Sentences(int first, int words) => [.. sentences.Skip(Math.Min(first, sentences.Count / 2)).TakeWhile(sentence => (words -= sentence.Text!.Split(' ').Length) > 0)];
    }

    /// <summary>A response as the client hands it over.</summary>
    private sealed class RawResponse(int status, IEnumerable<string> headerLines, byte[] body) : PipelineResponse
    {
        private readonly RawHeaders headers = new(headerLines);

        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override BinaryData Content { get; } = new(body);

        protected override PipelineResponseHeaders HeadersCore => headers;

        public override BinaryData BufferContent(CancellationToken cancellationToken = default) => Content;

        public override ValueTask<BinaryData> BufferContentAsync(CancellationToken cancellationToken = default) => new(Content);

        public override void Dispose()
        {
        }
    }

    private sealed class RawHeaders : PipelineResponseHeaders
    {
        private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

        public RawHeaders(IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                    headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        public override IEnumerator<KeyValuePair<string, string>> GetEnumerator() => headers.GetEnumerator();

        public override bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

        public override bool TryGetValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = headers.TryGetValue(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}
