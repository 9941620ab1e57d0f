using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

public sealed class WorkflowTests
{
    public static TheoryData<string> Workflows => new(Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)));

    private static string Folder => RepositoryFolder.PathOf(".github", "workflows");

    [Fact]
    public void There_are_the_two() => Assert.Equal(["ci.yml", "deploy.yml"], Workflows.Select(row => row.Data).Order(StringComparer.Ordinal));

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
            Assert.All(Yaml.Map(job, "permissions").Children.Keys, key => Assert.True(key.ToString() is "contents" or "id-token", $"{file}: {key}"));
            Assert.InRange(int.Parse(Yaml.Text(job, "timeout-minutes"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
            foreach (var step in ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>())
            {
                if (step.Children.ContainsKey("uses"))
                    Assert.Matches("^[-A-Za-z0-9]+/[-A-Za-z0-9]+@[0-9a-f]{40}$", Yaml.Text(step, "uses"));
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
                if (!line.Contains("uses: ", StringComparison.Ordinal))
                    continue;
                var use = line[(line.IndexOf("uses: ", StringComparison.Ordinal) + 6)..];
                Assert.Matches("@[0-9a-f]{40} # v[0-9]+\\.[0-9]+\\.[0-9]+$", use);
                var action = use[..use.IndexOf('@', StringComparison.Ordinal)];
                Assert.True(pins.TryAdd(action, use) || pins[action] == use, $"{action} is pinned to two versions: {pins[action]}, {use}");
            }
        }

        Assert.Equal(["Azure/setup-azd", "actions/checkout", "actions/setup-dotnet", "actions/setup-node"], pins.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_deployment_may_ask_for_a_token_of_Azure()
    {
        static bool AsksForToken(string file) => Yaml.Map(Yaml.Read(Path.Combine(Folder, file)), "jobs").Children.Values
            .Any(job => Yaml.Map((YamlMappingNode)job, "permissions").Children.ContainsKey("id-token"));
        Assert.True(AsksForToken("deploy.yml"));
        Assert.False(AsksForToken("ci.yml"));
    }
}
