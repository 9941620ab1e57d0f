using Denoised.Simulators;
using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

public sealed class WorkflowTests
{
    public static TheoryData<string> Workflows => new(Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)));

    private static string Folder => RepositoryFolder.PathOf(".github", "workflows");

    // Without azure-dev.yml, `azd pipeline config` adds a second workflow that also deploys.
    [Fact]
    public void The_deployment_workflow_has_the_name_that_azd_expects() =>
        Assert.Equal(["azure-dev.yml", "ci.yml", "codeql.yml"], Workflows.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_commits_whose_tests_passed_are_deployed()
    {
        var jobs = Yaml.Map(Yaml.Read(Path.Combine(Folder, "azure-dev.yml")), "jobs");
        Assert.Equal("./.github/workflows/ci.yml", Yaml.Text(Yaml.Map(jobs, "test"), "uses"));
        Assert.Equal("test", Yaml.Text(Yaml.Map(jobs, "approve"), "needs"));
        Assert.Equal("approve", Yaml.Text(Yaml.Map(jobs, "deploy"), "needs"));
        // `if: always()` would run a job whose needs have failed.
        Assert.Equal("vars.AZURE_CLIENT_ID != ''", Yaml.Text(Yaml.Map(jobs, "approve"), "if"));
        Assert.False(Yaml.Map(jobs, "deploy").Children.ContainsKey("if"));
        Assert.Contains("workflow_call", Yaml.Map(Yaml.Read(Path.Combine(Folder, "ci.yml")), "on").Children.Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void The_approval_environment_does_not_change_the_token_subject()
    {
        var jobs = Yaml.Map(Yaml.Read(Path.Combine(Folder, "azure-dev.yml")), "jobs");
        Assert.Equal("azure", Yaml.Text(Yaml.Map(jobs, "approve"), "environment"));
        // With an environment in this job, the token's subject would no longer match azd's federated credential, which names the branch.
        Assert.False(Yaml.Map(jobs, "deploy").Children.ContainsKey("environment"));
    }

    [Fact]
    public void The_deployment_pins_a_version_of_azd_that_azure_yaml_accepts()
    {
        var steps = (YamlSequenceNode)Yaml.Map(Yaml.Map(Yaml.Read(Path.Combine(Folder, "azure-dev.yml")), "jobs"), "deploy")["steps"];
        var setup = Assert.Single(steps.Cast<YamlMappingNode>(), step => step.Children.ContainsKey("uses") && Yaml.Text(step, "uses").StartsWith("Azure/setup-azd@", StringComparison.Ordinal));
        var required = Yaml.Text(Yaml.Map(Yaml.Read(RepositoryFolder.PathOf("azure.yaml")), "requiredVersions"), "azd");
        Assert.StartsWith(">= ", required, StringComparison.Ordinal);
        Assert.True(Version.Parse(Yaml.Text(Yaml.Map(setup, "with"), "version")) >= Version.Parse(required[3..]));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_and_jobs_have_minimal_permissions(string file)
    {
        var workflow = Yaml.Read(Path.Combine(Folder, file));
        Assert.Empty(Yaml.Map(workflow, "permissions").Children);
        // pull_request_target runs a fork's code with the repository's permissions.
        Assert.DoesNotContain("pull_request_target", ((YamlMappingNode)workflow["on"]).Children.Keys.Select(key => key.ToString()));
        foreach (var job in Yaml.Map(workflow, "jobs").Children.Values.Cast<YamlMappingNode>())
        {
            Assert.Equal("read", Yaml.Text(Yaml.Map(job, "permissions"), "contents"));
            string[] allowed = file == "codeql.yml" ? ["contents", "actions", "security-events"] : ["contents", "id-token"];
            Assert.All(Yaml.Map(job, "permissions").Children.Keys, key => Assert.True(allowed.Contains(key.ToString(), StringComparer.Ordinal), $"{file}: {key}"));
            if (job.Children.ContainsKey("uses"))
            {
                Assert.StartsWith("./.github/workflows/", Yaml.Text(job, "uses"), StringComparison.Ordinal);
                continue;
            }

            Assert.InRange(int.Parse(Yaml.Text(job, "timeout-minutes"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
            foreach (var step in ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>())
            {
                if (step.Children.ContainsKey("uses"))
                    Assert.Matches("^[-A-Za-z0-9]+(/[-A-Za-z0-9]+)+@[0-9a-f]{40}$", Yaml.Text(step, "uses"));
                else
                    // Against script injection: input reaches the shell as a variable, never inside the script.
                    Assert.DoesNotContain("${{", Yaml.Text(step, "run"), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Each_action_has_one_pin_with_its_version()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var pins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yml"))
        {
            foreach (var line in await File.ReadAllLinesAsync(file, cancellation))
            {
                if (!line.Contains("uses: ", StringComparison.Ordinal) || line.Contains("uses: ./", StringComparison.Ordinal))
                    continue;
                var use = line[(line.IndexOf("uses: ", StringComparison.Ordinal) + 6)..];
                Assert.Matches("@[0-9a-f]{40} # v[0-9]+\\.[0-9]+\\.[0-9]+$", use);
                var action = use[..use.IndexOf('@', StringComparison.Ordinal)];
                Assert.True(pins.TryAdd(action, use) || pins[action] == use, $"{action} is pinned to two versions: {pins[action]}, {use}");
            }
        }

        Assert.Equal(
            ["Azure/setup-azd", "actions/checkout", "actions/setup-dotnet", "actions/setup-node", "github/codeql-action/analyze", "github/codeql-action/init"],
            pins.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_deployment_may_request_an_OIDC_token()
    {
        static bool AsksForToken(string file) => Yaml.Map(Yaml.Read(Path.Combine(Folder, file)), "jobs").Children.Values
            .Any(job => Yaml.Map((YamlMappingNode)job, "permissions").Children.ContainsKey("id-token"));
        Assert.True(AsksForToken("azure-dev.yml"));
        Assert.False(AsksForToken("ci.yml"));
        Assert.False(AsksForToken("codeql.yml"));
    }
}
