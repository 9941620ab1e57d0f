using System.Text.RegularExpressions;
using Denoised.Simulators;
using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

/// <summary>azure.yaml agrees with the template, the projects and the parameters. <see cref="AzdSchemaTests"/> checks its form.</summary>
public sealed partial class AzureYamlTests(TemplateFixture template) : IClassFixture<TemplateFixture>
{
    private static YamlMappingNode File => Yaml.Read(RepositoryFolder.PathOf("azure.yaml"));

    [Fact]
    public void Its_infrastructure_is_main_bicep()
    {
        Assert.Equal("bicep", Text(Map(File, "infra"), "provider"));
        Assert.True(System.IO.File.Exists(RepositoryFolder.PathOf(Text(Map(File, "infra"), "path"), $"{Text(Map(File, "infra"), "module")}.bicep")));
        Assert.Equal("github", Text(Map(File, "pipeline"), "provider"));
    }

    [Fact]
    public void Its_service_is_the_function_app_of_the_template()
    {
        var (name, node) = Assert.Single(Map(File, "services").Children);
        var service = (YamlMappingNode)node;
        Assert.Equal("dotnet", Text(service, "language"));
        var project = Text(service, "project");
        Assert.Single(Directory.EnumerateFiles(RepositoryFolder.PathOf(project.Split('/')), "*.csproj"));
        var app = Assert.Single(template.DeployedOf("Microsoft.Web/sites"));
        Assert.Equal(((YamlScalarNode)name).Value, app.GetProperty("tags").GetProperty("azd-service-name").GetString());
        Assert.All(
            template.Deployed.Where(resource => resource.TryGetProperty("tags", out _)),
            resource => Assert.Equal("denoised", resource.GetProperty("tags").GetProperty("azd-env-name").GetString()));
    }

    [Fact]
    public void Its_hooks_run_the_same_on_every_system()
    {
        var hooks = Map(File, "hooks");
        var runs = new List<(string Event, string Run)>();
        foreach (var (name, list) in hooks.Children)
        {
            foreach (var hook in ((YamlSequenceNode)list).Cast<YamlMappingNode>())
            {
                var posix = Map(hook, "posix");
                var windows = Map(hook, "windows");
                // Some versions of azd discard what a hook prints that is not interactive.
                var isInteractive = ((YamlScalarNode)name).Value == "postdeploy";
                Assert.All([posix, windows], variant => Assert.Equal(isInteractive, variant.Children.ContainsKey("interactive") && Text(variant, "interactive") == "true"));
                Assert.Equal("sh", Text(posix, "shell"));
                Assert.Equal("pwsh", Text(windows, "shell"));
                Assert.Equal(Text(posix, "run"), Text(windows, "run"));
                // One program per hook: sh, pwsh and Windows PowerShell differ in `a && b` and in what a failure of `a` does.
                Assert.DoesNotMatch("[;&|$%\"'`]", Text(posix, "run"));
                runs.Add((((YamlScalarNode)name).Value!, Text(posix, "run")));
            }
        }

        Assert.Equal(
            [
                ("preup", "node infra/prepare.mjs"),
                ("preprovision", "node infra/prepare.mjs"),
                ("predeploy", "npm ci --prefix frontend"),
                ("predeploy", "npm run build --prefix frontend"),
                ("postdeploy", "dotnet run --project src/Publisher -- frontend/dist"),
            ],
            runs);
    }

    [Fact]
    public async Task Every_parameter_can_be_set_in_the_environment_and_in_the_pipeline()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var parameters = System.Text.Json.JsonDocument.Parse(
            await System.IO.File.ReadAllTextAsync(RepositoryFolder.PathOf("infra", "main.parameters.json"), cancellation));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.RootElement.GetProperty("parameters").EnumerateObject())
        {
            // A variable alone, without a default: azd omits parameters whose variable is unset, and the template's default applies.
            var match = Variable().Match(parameter.Value.GetProperty("value").GetString()!);
            Assert.True(match.Success, $"{parameter.Name} is not one variable.");
            variables.Add(parameter.Name, match.Groups["name"].Value);
        }

        Assert.Equal(
            template.Template.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
            variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(variables.Count, variables.Values.Distinct(StringComparer.Ordinal).Count());
        // azd passes these to the pipeline without a declaration in azure.yaml.
        string[] known = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE"];
        var (plain, secret) = (Read("variables"), Read("secrets"));
        var passedOn = plain.Concat(secret);
        Assert.Equal(variables.Values.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal), passedOn.Order(StringComparer.Ordinal));
        Assert.All(known, name => Assert.Contains(name, variables.Values));

        // Secure parameters are secrets of the repository, not variables that everyone can read.
        var secure = template.Template.GetProperty("parameters").EnumerateObject().Where(parameter => parameter.Value.GetProperty("type").GetString() == "securestring");
        Assert.Equal(secure.Select(parameter => variables[parameter.Name]).Order(StringComparer.Ordinal), secret.Order(StringComparer.Ordinal));

        static List<string> Read(string name) => [.. ((YamlSequenceNode)Map(File, "pipeline")[name]).Select(node => ((YamlScalarNode)node).Value!)];
    }

    [Fact]
    public void The_outputs_are_those_that_publisher_and_azd_read()
    {
        var outputs = template.Template.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToList();
        Assert.Equal(
            [
                "AZURE_FUNCTION_APP", "AZURE_RESOURCE_GROUP", "AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_BLOB_ENDPOINT", "AZURE_STORAGE_QUEUE_ENDPOINT",
                "DENOISED_API_ADDRESS", "DENOISED_BUDGET_START", "DENOISED_SITE_ADDRESS", "SERVICE_FUNCTIONS_ENDPOINTS",
            ],
            outputs.Order(StringComparer.Ordinal));
        // azd takes the addresses of the service `functions` from an array of this name.
        Assert.Equal("array", template.Template.GetProperty("outputs").GetProperty("SERVICE_FUNCTIONS_ENDPOINTS").GetProperty("type").GetString());
        Assert.Contains("functions", Map(File, "services").Children.Keys.Select(key => key.ToString()));
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    private static YamlMappingNode Map(YamlMappingNode node, string key) => Yaml.Map(node, key);

    private static string Text(YamlMappingNode node, string key) => Yaml.Text(node, key);
}
