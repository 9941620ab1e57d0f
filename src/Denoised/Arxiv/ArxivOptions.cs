using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Denoised.Text;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv;

/// <summary>The settings of section <c>Arxiv</c>: categories, addresses, rate limits and size limits.</summary>
public sealed class ArxivOptions : IValidatableObject
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Arxiv";

    /// <summary>The categories used if none are configured.</summary>
    public static IReadOnlyList<string> DefaultCategories { get; } = ["cs.LG", "stat.ML"];

    /// <summary>arXiv's terms of use allow one feed or API request every three seconds.</summary>
    private static readonly TimeSpan allowedApiInterval = TimeSpan.FromSeconds(3);

    /// <summary>The crawl delay in arxiv.org/robots.txt.</summary>
    private static readonly TimeSpan allowedPageInterval = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The categories, such as <c>cs.LG</c>. Accepts an array or a comma-separated string (<c>Arxiv__Categories=cs.LG,stat.ML</c>), which suits
    /// flat application settings.
    /// </summary>
    public IReadOnlyList<string> Categories { get; set; } = DefaultCategories;

    /// <summary>The operator's e-mail or web address, sent in the User-Agent. Optional, but arXiv asks for it.</summary>
    public string? Contact { get; set; }

    /// <summary>The base address of the feeds. Loopback addresses may use http, for tests.</summary>
    public Uri FeedAddress { get; set; } = new("https://rss.arxiv.org");

    /// <summary>The base address of the API.</summary>
    public Uri ApiAddress { get; set; } = new("https://export.arxiv.org");

    /// <summary>The base address of catch-up pages, HTML and PDF.</summary>
    public Uri PageAddress { get; set; } = new("https://arxiv.org");

    /// <summary>The interval between two feed or API requests, shared by all instances.</summary>
    public TimeSpan ApiInterval { get; set; } = allowedApiInterval;

    /// <summary>The interval between two page requests, shared by all instances.</summary>
    public TimeSpan PageInterval { get; set; } = allowedPageInterval;

    /// <summary>The time limit of a request, including reading the response.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The maximum clock skew between servers of the storage service. Added to every comparison of two of its timestamps.</summary>
    public TimeSpan ClockMargin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause after a 429 or 503 without Retry-After. A paper whose page remains unavailable is deferred for twenty times this.</summary>
    public TimeSpan DefaultRetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause requested by arXiv that a request waits for. The caller handles longer ones.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of retries after a transient failure. Each takes its own rate limit lease.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>The maximum size of a feed or API response, in bytes.</summary>
    public long MaxFeedBytes { get; set; } = 20_000_000;

    /// <summary>The maximum size of an HTML page, in bytes.</summary>
    public long MaxPageBytes { get; set; } = 20_000_000;

    /// <summary>The maximum size of a PDF, in bytes.</summary>
    public long MaxPdfBytes { get; set; } = 50_000_000;

    /// <summary>Whether a string is a well-formed category or archive: <c>cs.LG</c>, <c>hep-th</c>, <c>cond-mat.mtrl-sci</c>.</summary>
    public static bool IsCategory(string? text) => text is not null && CategoryPattern.IsMatch(text);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Categories.Count is 0 or > 20)
            yield return CreateError(nameof(Categories), $"names {Categories.Count} categories; 1 to 20 are possible");
        foreach (var category in Categories.Where(static category => !IsCategory(category)))
            yield return CreateError(nameof(Categories), $"holds '{category}', which is not an arXiv category such as cs.LG, stat.ML or hep-th");
        if (Categories.GroupBy(static category => category, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static same => same.Skip(1).Any()) is { } twice)
            yield return CreateError(nameof(Categories), $"holds '{twice.Key}' twice");

        if (!string.IsNullOrWhiteSpace(Contact) && !IsContact(Contact))
            yield return CreateError(nameof(Contact), $"is '{Contact}', which is neither an e-mail address nor a web address");

        foreach (var (name, address) in new[] { (nameof(FeedAddress), FeedAddress), (nameof(ApiAddress), ApiAddress), (nameof(PageAddress), PageAddress) })
        {
            // The binder turns an empty setting into null.
            if (address is not { IsAbsoluteUri: true }
                || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            {
                yield return CreateError(name, $"is '{address}'; it must be an https address (http only for this machine itself)");
            }
        }

        if (TooShort(ApiInterval, allowedApiInterval, FeedAddress, ApiAddress))
            yield return CreateError(nameof(ApiInterval), $"is {ApiInterval}; arXiv's terms of use ask for {allowedApiInterval} at least");
        if (TooShort(PageInterval, allowedPageInterval, PageAddress))
            yield return CreateError(nameof(PageInterval), $"is {PageInterval}; arXiv's robots.txt asks for {allowedPageInterval} at least");
        if (ApiInterval > TimeSpan.FromHours(1) || PageInterval > TimeSpan.FromHours(1))
            yield return CreateError(ApiInterval > PageInterval ? nameof(ApiInterval) : nameof(PageInterval), "is longer than an hour");
        if (RequestTimeout < TimeSpan.FromMilliseconds(100) || RequestTimeout > TimeSpan.FromMinutes(5))
            yield return CreateError(nameof(RequestTimeout), $"is {RequestTimeout}; it must be within 0.1 seconds and 5 minutes");
        if (ClockMargin < TimeSpan.Zero || ClockMargin > TimeSpan.FromMinutes(1))
            yield return CreateError(nameof(ClockMargin), $"is {ClockMargin}; it must be within 0 and 1 minute");
        if (DefaultRetryAfter < TimeSpan.FromSeconds(1) || DefaultRetryAfter > TimeSpan.FromHours(1))
            yield return CreateError(nameof(DefaultRetryAfter), $"is {DefaultRetryAfter}; it must be within 1 second and 1 hour");
        if (MaxRetryAfter < TimeSpan.Zero || MaxRetryAfter > TimeSpan.FromMinutes(5))
            yield return CreateError(nameof(MaxRetryAfter), $"is {MaxRetryAfter}; it must be within 0 and 5 minutes");
        if (Retries is < 0 or > 5)
            yield return CreateError(nameof(Retries), $"is {Retries}; it must be within 0 and 5");
        foreach (var (name, bytes) in new[] { (nameof(MaxFeedBytes), MaxFeedBytes), (nameof(MaxPageBytes), MaxPageBytes), (nameof(MaxPdfBytes), MaxPdfBytes) })
        {
            if (bytes is < 1_000 or > 200_000_000)
                yield return CreateError(name, string.Create(CultureInfo.InvariantCulture, $"is {bytes}; it must be within 1,000 and 200,000,000 bytes"));
        }
    }

    private static bool TooShort(TimeSpan interval, TimeSpan allowed, params IEnumerable<Uri> addresses) =>
        interval < TimeSpan.Zero || (interval < allowed && addresses.Any(static address => address is not { IsAbsoluteUri: true, IsLoopback: true }));

    private static bool IsContact(string contact) =>
        contact.Length <= 200
        && !contact.Any(static character => character is < '!' or > '~' or '(' or ')' or '\\')
        && (MailAddress.TryCreate(contact, out _)
            || (Uri.TryCreate(contact, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto"));

    private static ValidationResult CreateError(string setting, string what) => new($"The setting {Section}:{setting} {what}.", [setting]);

    private static readonly LinearRegex CategoryPattern = new(@"^[a-z]{2,10}(-[a-z]{2,5})?(\.([A-Z]{2}|[a-z]{2,5}(-[a-z]{2,5})?))?\z");
}

/// <summary>Validates <see cref="ArxivOptions"/>. Each message names the setting.</summary>
[OptionsValidator]
internal sealed partial class ArxivOptionsValidator : IValidateOptions<ArxivOptions>;
