using Denoised.Arxiv;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Arxiv;

public sealed class ArxivOptionsTests
{
    private static ArxivOptions Read(params IEnumerable<(string Key, string? Value)> settings) =>
        new ServiceCollection()
            .AddArxiv(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create("Arxiv:" + setting.Key, setting.Value))).Build())
            .BuildServiceProvider()
            .GetRequiredService<IOptions<ArxivOptions>>().Value;

    [Fact]
    public void Missing_settings_have_defaults()
    {
        var options = Read();
        Assert.Equal(["cs.LG", "stat.ML"], options.Categories);
        Assert.Equal((3, 15), (options.ApiInterval.TotalSeconds, options.PageInterval.TotalSeconds));
        Assert.Equal("https://rss.arxiv.org/", options.FeedAddress.ToString());
    }

    [Fact]
    public void Categories_are_an_array_or_a_comma_separated_string()
    {
        Assert.Equal(["cs.CV", "hep-th"], Read(("Categories:0", "cs.CV"), ("Categories:1", "hep-th")).Categories);
        Assert.Equal(["cs.CL", "cond-mat.mtrl-sci"], Read(("Categories", " cs.CL, cond-mat.mtrl-sci ,")).Categories);
        Assert.Equal(["cs.LG", "stat.ML"], Read(("Categories", "")).Categories);
    }

    [Theory]
    [InlineData("Categories", "cs.LG,machine learning", "'machine learning'")]
    [InlineData("Categories", "cs.lg2", "'cs.lg2'")]
    [InlineData("Categories", "cs.LG,cs.LG", "twice")]
    [InlineData("Categories", ",", "0 categories")]
    [InlineData("Contact", "me\r\nX-Evil: 1", "neither an e-mail address nor a web address")]
    [InlineData("Contact", "somebody", "neither")]
    [InlineData("FeedAddress", "http://rss.arxiv.org", "https")]
    [InlineData("ApiAddress", "export.arxiv.org", "https")]
    [InlineData("PageAddress", "ftp://arxiv.org", "https")]
    [InlineData("ApiInterval", "00:00:02", "terms of use")]
    [InlineData("PageInterval", "00:00:14", "robots.txt")]
    [InlineData("PageInterval", "02:00:00", "hour")]
    [InlineData("RequestTimeout", "00:00:00", "0.1 seconds")]
    [InlineData("ClockMargin", "-00:00:01", "1 minute")]
    [InlineData("MaxRetryAfter", "01:00:00", "5 minutes")]
    [InlineData("DefaultRetryAfter", "00:00:00", "1 second and 1 hour")]
    [InlineData("Retries", "9", "within 0 and 5")]
    [InlineData("MaxPdfBytes", "10", "1,000")]
    public void The_error_names_the_invalid_setting(string key, string value, string reason)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read((key, value)));
        Assert.Contains("Arxiv:" + key, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("who@example.org")]
    [InlineData("https://example.org/contact")]
    [InlineData("mailto:who@example.org")]
    public void The_user_agent_contains_the_contact(string contact)
    {
        Assert.Equal(contact, Read(("Contact", contact)).Contact);
        Assert.EndsWith($" ({contact})", ArxivServices.UserAgent(contact), StringComparison.Ordinal);
        Assert.DoesNotContain('(', ArxivServices.UserAgent(null));
    }

    [Fact]
    public void A_local_server_may_have_a_shorter_interval() =>
        Assert.Equal(0.01, Read(("FeedAddress", "http://localhost:1"), ("ApiAddress", "http://127.0.0.1:1"), ("ApiInterval", "00:00:00.01")).ApiInterval.TotalSeconds);
}
