using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.Arxiv.Calendar;
using Denoised.Simulators;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Denoised.Tests.Infra;

/// <summary>The code reads every application setting of the template and requires no other.</summary>
public sealed partial class AppSettingsTests(TemplateFixture template) : IClassFixture<TemplateFixture>
{
    /// <summary>Settings that the product itself does not read, with their reader.</summary>
    private static readonly Dictionary<string, string> ReadElsewhere = new(StringComparer.Ordinal)
    {
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "the host, for its own telemetry",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "src/Functions/TelemetryExport.cs",
        ["AZURE_CLIENT_ID"] = "DefaultAzureCredential; the product reads AzureWebJobsStorage__clientId",
        ["PurgeSchedule"] = "src/Functions/CollectFunctions.cs",
    };

    [Fact]
    public async Task The_product_starts_with_exactly_these_settings_and_reads_each()
    {
        var settings = AppSettings();
        var read = new ConcurrentDictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ((IConfigurationBuilder)builder.Configuration).Add(new RecordingSource(settings, read));
        builder.Services.AddLogging();
        builder.Services.AddDenoised(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        // Some services read their settings only in the constructor.
        foreach (var service in builder.Services.Where(service => service.ServiceType.Namespace?.StartsWith("Denoised", StringComparison.Ordinal) is true && !service.ServiceType.ContainsGenericParameters).Select(service => service.ServiceType).Distinct())
            host.Services.GetService(service);
        host.Services.GetService<Azure.Core.TokenCredential>();
        Assert.NotNull(host.Services.GetRequiredService<CollectionSchedule>().NextRun());
        await host.StopAsync(TestContext.Current.CancellationToken);

        var unread = settings.Keys.Where(name => !read.ContainsKey(name.Replace("__", ":", StringComparison.Ordinal)));
        Assert.Equal(ReadElsewhere.Keys.Order(StringComparer.Ordinal), unread.Order(StringComparer.Ordinal));
        foreach (var (name, file) in ReadElsewhere.Where(entry => entry.Value.EndsWith(".cs", StringComparison.Ordinal)))
            Assert.Contains(name, await File.ReadAllTextAsync(RepositoryFolder.PathOf(file.Split('/')), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_that_a_trigger_refers_to_exists()
    {
        var sources = Directory.EnumerateFiles(RepositoryFolder.PathOf("src", "Functions"), "*.cs");
        var named = new List<string>();
        foreach (var source in sources)
            named.AddRange(Named().Matches(await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken)).Select(match => match.Groups["name"].Value));
        Assert.Equal(["CollectSchedule", "PurgeSchedule"], named.Order(StringComparer.Ordinal));
        Assert.All(named, name => Assert.Contains(name, AppSettings()));
    }

    [Theory]
    [InlineData("Summarizer:Endpoint")]
    [InlineData("Summarizer:ModelRetiresOn")]
    [InlineData("Publishing:ReportErrorsTo")]
    [InlineData("Publishing:ApiAddress")]
    [InlineData("Publishing:SiteAddress")]
    [InlineData("Webhook:Address")]
    [InlineData("Webhook:Secret")]
    public async Task An_empty_optional_setting_counts_as_unset(string name)
    {
        var settings = AppSettings();
        settings[name.Replace(":", "__", StringComparison.Ordinal)] = "";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ((IConfigurationBuilder)builder.Configuration).Add(new RecordingSource(settings, []));
        builder.Services.AddLogging();
        builder.Services.AddDenoised(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The settings of the snapshot, with samples for values that are known only after the deployment.</summary>
    private Dictionary<string, string> AppSettings() => Assert.Single(template.DeployedOf("Microsoft.Web/sites/config")).GetProperty("properties").EnumerateObject()
        .ToDictionary(setting => setting.Name, Known, StringComparer.Ordinal);

    private static string Known(JsonProperty setting) => !setting.Value.GetString()!.StartsWith('[') ? setting.Value.GetString()! : setting.Name switch
    {
        "AZURE_CLIENT_ID" or "AzureWebJobsStorage__clientId" => "11111111-2222-3333-4444-555555555555",
        "APPLICATIONINSIGHTS_CONNECTION_STRING" => "InstrumentationKey=11111111-2222-3333-4444-555555555555",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING" => "Authorization=AAD;ClientId=11111111-2222-3333-4444-555555555555",
        _ => "https://name.example.net/",
    };

    [GeneratedRegex("\"%(?<name>[^%]+)%\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();

    /// <summary>Settings as environment variables, with a record of each that is read.</summary>
    private sealed class RecordingSource(Dictionary<string, string> settings, ConcurrentDictionary<string, bool> read) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load()
        {
            foreach (var (name, value) in settings)
                Data[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        public override bool TryGet(string key, out string? value)
        {
            read[key] = true;
            return base.TryGet(key, out value);
        }
    }
}
