using System.Collections;
using Denoised.LocalHost.Settings;
using Microsoft.Extensions.Configuration;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class SettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("denoised-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private AppSettings ReadSettings(params (string Name, string Value)[] environment)
    {
        var variables = new Hashtable(StringComparer.Ordinal);
        foreach (var (name, value) in environment)
            variables[name] = value;
        return AppSettings.Read(folder, variables);
    }

    private HostSettings ReadHost(params (string Name, string Value)[] settings) => HostSettings.Read(
        folder, new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).Build());

    [Fact]
    public void Environment_variables_override_the_file_and_both_separators_are_equal()
    {
        Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "A": "file", "B": "file", "C__D": 5, "E:F": true /* kept */, } }""");

        var values = ReadSettings(("B", "environment"), ("X__Y", "z")).Values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

        Assert.Equal("file", values["A"]);
        Assert.Equal("environment", values["b"]);
        Assert.Equal("5", values["C:D"]);
        Assert.Equal("true", values["E:F"]);
        Assert.Equal("z", values["X:Y"]);
    }

    [Fact]
    public void Without_a_file_only_environment_variables_count() => Assert.Equal("A", Assert.Single(ReadSettings(("A", "1")).Values).Key);

    [Theory]
    [InlineData("""{ "Values": { "A": { "B": "c" } } }""", "\"A\"")]
    [InlineData("""{ "Values": [] }""", "\"Values\"")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "encrypted")]
    [InlineData("{ \"Values\": {\n  \"A\": } }", "LineNumber: 1")]
    public void The_error_names_the_place_of_a_mistake_in_the_settings_file(string text, string place)
    {
        Write("local.settings.json", text);

        var e = Assert.Throws<InvalidDataException>(() => ReadSettings());

        Assert.Contains(Path.Combine(folder, "local.settings.json"), e.Message, StringComparison.Ordinal);
        Assert.Contains(place, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%Name%", "value", null)]
    [InlineData("a %NAME% b %Name%", "a value b value", null)]
    [InlineData("100 %", "100 %", null)]
    [InlineData("plain", "plain", null)]
    [InlineData("%Missing%", "%Missing%", "Missing")]
    [InlineData("%Empty%", "%Empty%", "Empty")]
    [InlineData("%Nested:Name%", "%Nested:Name%", "Nested:Name")]
    public void Names_between_percent_signs_resolve_to_flat_settings(string text, string resolved, string? missing)
    {
        var settings = ReadSettings(("Name", "value"), ("Empty", ""), ("Nested__Name", "value"));

        Assert.Equal(missing is null, settings.TryResolve(text, out var actual, out var unknown));
        Assert.Equal(resolved, actual);
        Assert.Equal(missing, unknown);
    }

    [Fact]
    public void Host_settings_have_the_defaults_of_the_Functions_host()
    {
        Write("host.json", """{ "version": "2.0" }""");

        Assert.Equal(new HostSettings(), ReadHost());
    }

    [Fact]
    public void Host_settings_are_read_and_overridden_as_in_the_Functions_host()
    {
        Write("host.json", """
            {
              "version": "2.0", // commented
              "functionTimeout": "-1",
              "extensions": { "http": { "routePrefix": "" }, "queues": { "batchSize": 5, "visibilityTimeout": "00:00:30", "messageEncoding": "None" } }
            }
            """);

        var host = ReadHost(("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "2"));

        Assert.Equal(
            new HostSettings
            {
                FunctionTimeout = null, RoutePrefix = "", BatchSize = 5, NewBatchThreshold = 2, MaxDequeueCount = 2,
                VisibilityTimeout = TimeSpan.FromSeconds(30), Base64Messages = false,
            },
            host);
    }

    [Theory]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "extensions.queues.batchSize is '33'")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "maxDequeueCount": "x" } } }""", "extensions.queues.maxDequeueCount is 'x'")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "hex" } } }""", "extensions.queues.messageEncoding is 'hex'")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "30 min" }""", "functionTimeout is '30 min'")]
    [InlineData("""{ "version": "1.0" }""", "\"version\" is '1.0'")]
    [InlineData("{ \"version\": }", "host.json: ")]
    public void The_error_names_the_place_of_a_mistake_in_host_json(string text, string place)
    {
        Write("host.json", text);

        var e = Assert.Throws<InvalidDataException>(() => ReadHost());

        Assert.Contains(Path.Combine(folder, "host.json"), e.Message, StringComparison.Ordinal);
        Assert.Contains(place, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_a_missing_host_json() =>
        Assert.Contains(Path.Combine(folder, "host.json"), Assert.Throws<InvalidDataException>(() => ReadHost()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_products_own_files_define_every_setting_of_its_schedules()
    {
        var product = Path.Combine(Repository.Root, "src", "Functions");
        var settings = AppSettings.Read(product, new Hashtable());

        Assert.True(settings.TryResolve("%CollectSchedule% %PurgeSchedule% %AzureWebJobsStorage%", out _, out _));
        Assert.Equal(
            new HostSettings { FunctionTimeout = TimeSpan.FromMinutes(30), BatchSize = 16, NewBatchThreshold = 8, MaxDequeueCount = 5, VisibilityTimeout = TimeSpan.FromSeconds(30) },
            HostSettings.Read(product, new ConfigurationBuilder().Build()));
    }
}
