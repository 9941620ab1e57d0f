using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

public sealed class WorkflowTests
{
    public static TheoryData<string> Workflows => new(Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)));

    private static string Folder => RepositoryFolder.PathOf(".github", "workflows");

    // `azd pipeline config` writes a workflow of its own, which deploys too, unless it finds azure-dev.yml.
    [Fact]
    public void The_deployment_has_the_file_name_that_azd_looks_for() =>
        Assert.Equal(["azure-dev.yml", "ci.yml", "codeql.yml"], Workflows.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Fact]
    public void A_commit_is_deployed_only_after_its_tests_passed()
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
    public void A_reviewer_can_hold_a_deployment_and_azd_can_still_log_in()
    {
        var jobs = Yaml.Map(Yaml.Read(Path.Combine(Folder, "azure-dev.yml")), "jobs");
        Assert.Equal("azure", Yaml.Text(Yaml.Map(jobs, "approve"), "environment"));
        // With an environment here, the token's subject is no longer the branch that azd's federated credential names.
        Assert.False(Yaml.Map(jobs, "deploy").Children.ContainsKey("environment"));
    }

    [Fact]
    public void The_deployment_uses_one_version_of_azd_that_the_template_accepts()
    {
        var steps = (YamlSequenceNode)Yaml.Map(Yaml.Map(Yaml.Read(Path.Combine(Folder, "azure-dev.yml")), "jobs"), "deploy")["steps"];
        var setup = Assert.Single(steps.Cast<YamlMappingNode>(), step => step.Children.ContainsKey("uses") && Yaml.Text(step, "uses").StartsWith("Azure/setup-azd@", StringComparison.Ordinal));
        var required = Yaml.Text(Yaml.Map(Yaml.Read(RepositoryFolder.PathOf("azure.yaml")), "requiredVersions"), "azd");
        Assert.StartsWith(">= ", required, StringComparison.Ordinal);
        Assert.True(Version.Parse(Yaml.Text(Yaml.Map(setup, "with"), "version")) >= Version.Parse(required[3..]));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_and_may_do_nothing_that_a_job_does_not_ask_for(string file)
    {
        var workflow = Yaml.Read(Path.Combine(Folder, file));
        Assert.Empty(Yaml.Map(workflow, "permissions").Children);
        // pull_request_target runs a stranger's change with the repository's rights.
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
                    // What comes from outside reaches a shell as a variable, never as a part of the script.
                    Assert.DoesNotContain("${{", Yaml.Text(step, "run"), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task One_action_has_one_pin_that_says_its_version()
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
    public void Only_the_deployment_may_ask_for_a_token_of_Azure()
    {
        static bool AsksForToken(string file) => Yaml.Map(Yaml.Read(Path.Combine(Folder, file)), "jobs").Children.Values
            .Any(job => Yaml.Map((YamlMappingNode)job, "permissions").Children.ContainsKey("id-token"));
        Assert.True(AsksForToken("azure-dev.yml"));
        Assert.False(AsksForToken("ci.yml"));
        Assert.False(AsksForToken("codeql.yml"));
    }
}
