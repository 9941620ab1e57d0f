using Denoised.Simulators;

namespace Denoised.Tests.Infra;

public sealed class AzdSchemaTests
{
    [Fact]
    public void Azure_yaml_satisfies_the_schema_of_azd() =>
        Assert.Empty(AzdSchema.Violations(Yaml.Read(RepositoryFolder.PathOf("azure.yaml"))));

    [Theory]
    [InlineData("name: denoised", "name: Denoised", "name: ")]
    [InlineData("name: denoised", "title: denoised", "azure.yaml: unknown key title")]
    [InlineData("hooks:", "hook:", "azure.yaml: unknown key hook")]
    [InlineData("  template: denoised@0.1.0", "  templates: denoised@0.1.0", "metadata: unknown key templates")]
    [InlineData("  azd: '>= 1.18.0'", "  azure: '>= 1.18.0'", "requiredVersions: unknown key azure")]
    [InlineData("  path: infra", "  folder: infra", "infra: unknown key folder")]
    [InlineData("    project: src/Functions", "    image: functions", "services.functions.language: ")]
    [InlineData("    host: function", "    host: functionapp", "services.functions.host: ")]
    [InlineData("    language: dotnet", "    env: {}", "services.functions: unknown key env")]
    [InlineData("  preup:", "  beforeup:", "hooks: unknown key beforeup")]
    [InlineData("        shell: sh", "        shell: bash", "hooks.preup[0].posix.shell: ")]
    [InlineData("        shell: pwsh", "        dir: infra", "hooks.preup[0].windows.shell: ")]
    [InlineData("        run: node infra/prepare.mjs", "        script: node infra/prepare.mjs", "hooks.preup[0].posix.run: ")]
    [InlineData("    - posix:", "    - shell: sh\n      posix:", "hooks.preup[0]: nothing beside")]
    [InlineData("        interactive: true", "        interactive: yes", "hooks.postdeploy[0].posix.interactive: ")]
    [InlineData("  provider: github", "  provider: gitlab", "pipeline.provider: ")]
    [InlineData("    - AZURE_OPENAI_LOCATION", "    - AZURE_OPENAI_LOCATION: x", "pipeline.variables: ")]
    public async Task A_mistake_in_azure_yaml_is_found(string line, string mistake, string violation)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var text = await File.ReadAllTextAsync(RepositoryFolder.PathOf("azure.yaml"), cancellation);
        var place = text.IndexOf(line + "\n", StringComparison.Ordinal);
        Assert.True(place >= 0, $"azure.yaml has no line '{line}'.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text[..place] + mistake + text[(place + line.Length)..], cancellation);
            Assert.Contains(AzdSchema.Violations(Yaml.Read(file)), found => found.StartsWith(violation, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
