using System.ComponentModel.DataAnnotations;

namespace Denoised.Summaries;

/// <summary>The settings of the section <c>Summarizer</c>.</summary>
public sealed record SummarizerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Summarizer";

    /// <summary>
    /// Any server with OpenAI's chat completions: an Azure resource (<c>https://name.openai.azure.com</c>), or another server as given with its version
    /// (<c>http://localhost:11434/v1</c>); without a version <c>/v1</c> is added. None: summaries are extractive.
    /// </summary>
    [WebAddress(ErrorMessage = "The setting Summarizer:Endpoint must be an address that begins with http:// or https://.")]
    public string? Endpoint { get; init; }

    /// <summary>The deployment to call; the model's name at other servers.</summary>
    [Required(ErrorMessage = "The setting Summarizer:Deployment must name the model's deployment.")]
    public string Deployment { get; init; } = "gpt-5.4-mini";

    /// <summary>The day on which the service retires the model; <c>/api/status</c> shows it in the 90 days before. None: it is unknown.</summary>
    public DateOnly? ModelRetiresOn { get; init; }

    /// <summary>A key: <c>api-key</c> at Azure, a bearer token elsewhere. None: the Microsoft Entra identity at Azure, no header elsewhere.</summary>
    public string? Key { get; init; }

    /// <summary>US dollars per million tokens sent.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:InputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double InputPricePerMillion { get; init; } = 0.75;

    /// <summary>US dollars per million tokens sent that the service had cached.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:CachedInputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double CachedInputPricePerMillion { get; init; } = 0.075;

    /// <summary>US dollars per million tokens received; reasoning counts among them.</summary>
    [Range(0, 10000, ErrorMessage = "The setting Summarizer:OutputPricePerMillion must be between 0 and 10000 US dollars.")]
    public double OutputPricePerMillion { get; init; } = 4.50;

    /// <summary>Tokens, in and out, that all instances together may use in a UTC day.</summary>
    [Range(0, long.MaxValue, ErrorMessage = "The setting Summarizer:DailyTokenBudget must be a number of tokens, 0 or more.")]
    public long DailyTokenBudget { get; init; } = 6_000_000;

    /// <summary>Whether the paper itself is read (arXiv's HTML, else the PDF); else its abstract.</summary>
    public bool FullText { get; init; } = true;

    /// <summary>The most of a paper that the model is given, in tokens (o200k).</summary>
    [Range(1_000, 200_000, ErrorMessage = "The setting Summarizer:TextTokens must be between 1000 and 200000.")]
    public int TextTokens { get; init; } = 12_000;

    /// <summary>Whether a second, short call checks each sentence of a summary against its quotes.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>The longest answer, reasoning included, in tokens. An answer that is cut is asked for once more with twice as many.</summary>
    [Range(500, 100_000, ErrorMessage = "The setting Summarizer:MaxCompletionTokens must be between 500 and 100000.")]
    public int MaxCompletionTokens { get; init; } = 6000;

    /// <summary><c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c> or <c>high</c>; empty: the field is not sent. A server that refuses it gets it once.</summary>
    [RegularExpression("^(none|minimal|low|medium|high)?$", ErrorMessage = "The setting Summarizer:ReasoningEffort must be none, minimal, low, medium or high, or empty.")]
    public string ReasoningEffort { get; init; } = "low";

    /// <summary>How long one call may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:00", ErrorMessage = "The setting Summarizer:Timeout must be a time between 00:00:01 and 00:03:00.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long one instance may work on a paper before another may begin it: longer than two calls and the waits for them, and the verifier's, which is cut short; shorter than
    /// the ten minutes after which a crashed instance's message comes back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:09:00", ErrorMessage = "The setting Summarizer:LeaseDuration must be a time between 00:00:01 and 00:09:00.")]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>How often a paper is begun before it counts as failed.</summary>
    [Range(1, 20, ErrorMessage = "The setting Summarizer:MaxAttempts must be between 1 and 20.")]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>After a failed attempt, this long until the next; doubled each time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "The setting Summarizer:RetryDelay must be a time between 00:00:00 and 00:10:00.")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a model writes the summaries.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(Endpoint);
}
