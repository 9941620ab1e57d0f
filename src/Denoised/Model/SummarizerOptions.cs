using System.ComponentModel.DataAnnotations;
using Denoised.Domain;

namespace Denoised.Model;

/// <summary>Settings of the section <c>Summarizer</c>.</summary>
public sealed record SummarizerOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Summarizer";

    /// <summary>
    /// The URL of a server with OpenAI's chat completions: an Azure resource (<c>https://name.openai.azure.com</c>), or another server, with or
    /// without its version (<c>http://localhost:11434/v1</c>; the default is <c>/v1</c>). Without a URL, summaries are extractive.
    /// </summary>
    [WebAddress(ErrorMessage = "The setting Summarizer:Endpoint must be an address that begins with http:// or https://.")]
    public string? Endpoint { get; init; }

    /// <summary>The name of the deployment; for other servers, the name of the model.</summary>
    [Required(ErrorMessage = "The setting Summarizer:Deployment must name the model's deployment.")]
    public string Deployment { get; init; } = "gpt-5.4-mini";

    /// <summary>The retirement date of the model, if known. <c>/api/status</c> shows it in the 90 days before.</summary>
    public DateOnly? ModelRetiresOn { get; init; }

    /// <summary>
    /// The key: <c>api-key</c> for Azure, a bearer token for other servers. Without a key, Azure gets a Microsoft Entra token and other servers get
    /// no header.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>US dollars per million input tokens.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:InputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double InputPricePerMillion { get; init; } = 0.75;

    /// <summary>US dollars per million cached input tokens.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:CachedInputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double CachedInputPricePerMillion { get; init; } = 0.075;

    /// <summary>US dollars per million output tokens, including reasoning.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:OutputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double OutputPricePerMillion { get; init; } = 4.50;

    /// <summary>The token budget of all instances for a UTC day, input and output.</summary>
    [Range(0, long.MaxValue, ErrorMessage = "The setting Summarizer:DailyTokenBudget must be a number of tokens, 0 or more.")]
    public long DailyTokenBudget { get; init; } = 6_000_000;

    /// <summary>Whether to summarize the full text (arXiv's HTML, else the PDF) instead of the abstract.</summary>
    public bool FullText { get; init; } = true;

    /// <summary>The maximum size of a paper's text in the prompt, in tokens (o200k).</summary>
    [Range(1_000, 200_000, ErrorMessage = "The setting Summarizer:TextTokens must be between 1000 and 200000.")]
    public int TextTokens { get; init; } = 12_000;

    /// <summary>Whether a second, short call checks each sentence of a summary against its quotes.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>
    /// The maximum size of a response in tokens, including reasoning. A truncated response is requested once more with twice the limit.
    /// </summary>
    [Range(500, 100_000, ErrorMessage = "The setting Summarizer:MaxCompletionTokens must be between 500 and 100000.")]
    public int MaxCompletionTokens { get; init; } = 6000;

    /// <summary>
    /// <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c> or <c>high</c>; not sent when empty. A server that rejects the field gets it only once.
    /// </summary>
    [RegularExpression(
        "^(none|minimal|low|medium|high)?$",
        ErrorMessage = "The setting Summarizer:ReasoningEffort must be none, minimal, low, medium or high, or empty.")]
    public string ReasoningEffort { get; init; } = "low";

    /// <summary>The language of summaries and overviews, a BCP 47 tag. Checks that compare words are only made in English.</summary>
    [LanguageTag]
    public string Language { get; init; } = SummaryLanguage.English;

    /// <summary>The timeout of a call.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:00", ErrorMessage = "The setting Summarizer:Timeout must be a time between 00:00:01 and 00:03:00.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The duration of the lease of a paper. Longer than two calls with their waits and the verifier's bounded call; shorter than the ten minutes
    /// after which the message of a crashed instance reappears.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:09:00", ErrorMessage = "The setting Summarizer:LeaseDuration must be a time between 00:00:01 and 00:09:00.")]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>The maximum number of attempts before a paper counts as failed.</summary>
    [Range(1, 20, ErrorMessage = "The setting Summarizer:MaxAttempts must be between 1 and 20.")]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The delay after a failed attempt; doubles with each attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "The setting Summarizer:RetryDelay must be a time between 00:00:00 and 00:10:00.")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a model writes the summaries.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(Endpoint);
}
