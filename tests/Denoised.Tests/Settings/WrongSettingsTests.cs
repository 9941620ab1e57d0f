using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Denoised.Tests.Settings;

public sealed class WrongSettingsTests
{
    /// <summary>A webhook, because without an address its other settings have no effect.</summary>
    private static readonly (string Key, string? Value)[] webhook =
        [("Webhook:Address", "https://hooks.example.org/services/secret"), ("Webhook:Format", "Json"), ("Webhook:Secret", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz")];

    [Fact]
    public async Task The_product_starts_with_valid_settings()
    {
        using var host = Host(webhook);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Arxiv:Categories", "cs.LG,machine learning")]
    [InlineData("Arxiv:Contact", "somebody")]
    [InlineData("Arxiv:FeedAddress", "http://rss.arxiv.org")]
    [InlineData("Arxiv:FeedAddress", "")]
    [InlineData("Arxiv:ApiInterval", "00:00:01")]
    [InlineData("Arxiv:ApiInterval", "soon")]
    [InlineData("Collect:RetentionDays", "0")]
    [InlineData("Collect:RetentionDays", "seven")]
    [InlineData("Collect:BackfillWithModel", "perhaps")]
    [InlineData("Collect:LeaseDuration", "02:00:00")]
    [InlineData("Collect:OverdueAfter", "00:00:00")]
    [InlineData("Summarizer:Endpoint", "name.openai.azure.com")]
    [InlineData("Summarizer:Endpoint", "ftp://example.org")]
    [InlineData("Summarizer:Deployment", "")]
    [InlineData("Summarizer:ModelRetiresOn", "soon")]
    [InlineData("Summarizer:InputPricePerMillion", "-1")]
    [InlineData("Summarizer:CachedInputPricePerMillion", "free")]
    [InlineData("Summarizer:OutputPricePerMillion", "1000000")]
    [InlineData("Summarizer:DailyTokenBudget", "-5")]
    [InlineData("Summarizer:MaxCompletionTokens", "10")]
    [InlineData("Summarizer:ReasoningEffort", "hard")]
    [InlineData("Summarizer:Language", "German")]
    [InlineData("Summarizer:Language", "")]
    [InlineData("Summarizer:Language", "zh-Hans")]
    [InlineData("Summarizer:Timeout", "01:00:00")]
    [InlineData("Summarizer:LeaseDuration", "00:10:00")]
    [InlineData("Summarizer:MaxAttempts", "0")]
    [InlineData("Summarizer:RetryDelay", "-00:00:01")]
    [InlineData("Publishing:MinimumInterval", "02:00:00")]
    [InlineData("Publishing:KeepUnreferenced", "00:00:59")]
    [InlineData("Publishing:KeepUnreferenced", "an hour")]
    [InlineData("Publishing:ApiAddress", "example.org/api")]
    [InlineData("Publishing:SiteAddress", "example.org")]
    [InlineData("Publishing:ReportErrorsTo", "mail me")]
    [InlineData("Publishing:ReportErrorsTo", "ftp://example.org/errors")]
    [InlineData("Webhook:Address", "http://example.org/secret")]
    [InlineData("Webhook:Address", "hooks.example.org/secret")]
    [InlineData("Webhook:Address", "https://name:secret@example.org/")]
    [InlineData("Webhook:Address", "https://127.0.0.1/secret")]
    [InlineData("Webhook:Address", "https://2130706433/secret")]
    [InlineData("Webhook:Address", "https://0x7f.1/secret")]
    [InlineData("Webhook:Address", "https://[::1]/secret")]
    [InlineData("Webhook:Address", "https://[::ffff:10.0.0.1]/secret")]
    [InlineData("Webhook:Address", "https://169.254.169.254/secret")]
    [InlineData("Webhook:Format", "Mail")]
    [InlineData("Webhook:Secret", "whsec_c2VjcmV0")]
    [InlineData("Webhook:Secret", "secret")]
    [InlineData("Webhook:Timeout", "00:02:00")]
    [InlineData("Webhook:RetryDelay", "02:00:00")]
    [InlineData("AzureWebJobsStorage", "my account")]
    [InlineData("AzureWebJobsStorage", "")]
    public async Task An_invalid_setting_stops_the_start_with_an_error_that_names_it(string setting, string value)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var host = Host([.. webhook, (setting, value)]);
            await host.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Object reference", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_names_all_invalid_settings()
    {
        using var host = Host(("Collect:RetentionDays", "0"), ("Publishing:ApiAddress", "nowhere"), ("Arxiv:Contact", "somebody"));
        var message = (await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken))).ToString();
        Assert.All(["Collect:RetentionDays", "Publishing:ApiAddress", "Arxiv:Contact"], setting => Assert.Contains(setting, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("German")]
    [InlineData("ja")]
    [InlineData("cmn")]
    public async Task The_error_names_a_language_that_is_not_accepted(string value)
    {
        using var host = Host(("Summarizer:Language", value));
        var message = (await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken))).ToString();
        Assert.Contains($"not '{value}'", message, StringComparison.Ordinal);
    }

    private static IHost Host(params (string Key, string? Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["AzureWebJobsStorage"] = "UseDevelopmentStorage=true";
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.Services.AddLogging();
        builder.Services.AddDenoised(builder.Configuration);
        return builder.Build();
    }
}
