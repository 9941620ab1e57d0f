using System.Text.Json;
using Denoised.Simulators;

namespace Denoised.Tests.Infra;

public sealed class BicepTests
{
    private static string Infra => RepositoryFolder.PathOf("infra");

    internal static string SnapshotFile(string name) => Snapshot($"{name}.snapshot.json");

    private static string Snapshot(string file) => RepositoryFolder.PathOf("tests", "Denoised.Tests", "Infra", "Snapshots", file);

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Every_file_passes_the_linter() =>
        (await Bicep.RunAsync(Infra, TestContext.Current.CancellationToken, "lint", "--pattern", "**/*.bicep")).WithoutDiagnostics();

    // The compiler contains the types of all resources (Azure.Bicep.Types.Az). An unknown one is only a warning, with exit code 0.
    [Theory]
    [Trait("Tier", "Long")]
    [InlineData("Microsoft.Storage/storageAccounts@2019-02-31", "")]
    [InlineData("Microsoft.Storage/storageAccount@2025-08-01", "")]
    [InlineData("Microsoft.Storage/storageAccounts@2025-08-01", "allowSharedKeyAcces: false")]
    public async Task An_unknown_type_version_or_property_is_found(string type, string property)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("denoised-bicep-").FullName;
        try
        {
            var text = $$"""
                resource account '{{type}}' = {
                  name: 'account'
                  location: 'westeurope'
                  kind: 'StorageV2'
                  sku: { name: 'Standard_LRS' }
                  properties: { {{property}} }
                }
                """;
            await File.WriteAllTextAsync(Path.Combine(folder, "main.bicep"), text, cancellation);
            var run = await Bicep.RunAsync(folder, cancellation, "lint", "main.bicep");
            Assert.Contains("BCP", run.Errors, StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(run.WithoutDiagnostics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // azd compiles with its own version of Bicep, whose linter must not stop a deployment. The tests fail on warnings.
    [Fact]
    public async Task No_linter_rule_is_an_error()
    {
        using var config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Infra, "bicepconfig.json"), TestContext.Current.CancellationToken));
        Assert.All(
            config.RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules").EnumerateObject(),
            rule => Assert.Equal("warning", rule.Value.GetProperty("level").GetString()));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Every_file_is_formatted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var copy = Directory.CreateTempSubdirectory("denoised-bicep-").FullName;
        try
        {
            string[] files = [.. Directory.EnumerateFiles(Infra, "*.bicep*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Infra, file))];
            foreach (var file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
                File.Copy(Path.Combine(Infra, file), Path.Combine(copy, file));
            }

            File.Copy(Path.Combine(Infra, "bicepconfig.json"), Path.Combine(copy, "bicepconfig.json"), overwrite: true);
            (await Bicep.RunAsync(copy, cancellation, "format", "--pattern", "**/*.bicep")).WithoutDiagnostics();
            Assert.Contains("main.bicep", files);
            foreach (var file in files)
            {
                Assert.True(
                    await File.ReadAllTextAsync(Path.Combine(copy, file), cancellation) == await File.ReadAllTextAsync(Path.Combine(Infra, file), cancellation),
                    $"infra/{file} is not formatted: `bicep format` changes it.");
            }
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public Task The_default_deployment_matches_its_snapshot() => MatchesSnapshotAsync("default");

    [Fact]
    [Trait("Tier", "Long")]
    public Task The_deployment_with_an_existing_model_matches_its_snapshot() => MatchesSnapshotAsync("own-model");

    private static async Task MatchesSnapshotAsync(string name)
    {
        var run = await Bicep.SnapshotAsync(Snapshot($"{name}.bicepparam"), "validate", TestContext.Current.CancellationToken);
        Assert.True(
            run.ExitCode == 0,
            $"The deployment changed. If intended, run `bicep snapshot {name}.bicepparam --mode overwrite` as Bicep.cs does.\n{run.Output}{run.Errors}");
        run.WithoutDiagnostics();
    }

    [Theory]
    [InlineData("default")]
    [InlineData("own-model")]
    public async Task Snapshots_contain_nothing_specific_to_a_machine(string name)
    {
        var text = await File.ReadAllTextAsync(SnapshotFile(name), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(RepositoryFolder.Root, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), text, StringComparison.Ordinal);
        Assert.DoesNotContain("file:", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"diagnostics\": []", text, StringComparison.Ordinal);
    }
}
