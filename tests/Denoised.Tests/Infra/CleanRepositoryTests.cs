using System.Xml.Linq;
using Denoised.Simulators;

namespace Denoised.Tests.Infra;

/// <summary><c>azd up</c> changes no file of the repository, and compiler warnings do not stop it.</summary>
public sealed class CleanRepositoryTests
{
    [Fact]
    [Trait("Tier", "Long")]
    public async Task Initializing_user_secrets_as_azd_does_changes_no_project_file()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var copy = Directory.CreateTempSubdirectory("denoised-azd-").FullName;
        try
        {
            foreach (var file in (string[])["global.json", "Directory.Build.props", "Directory.Packages.props", "src/Startup.props", "src/Functions/Functions.csproj"])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
                File.Copy(RepositoryFolder.PathOf(file.Split('/')), Path.Combine(copy, file));
            }

            var project = Path.Combine(copy, "src", "Functions", "Functions.csproj");
            var before = await File.ReadAllTextAsync(project, cancellation);
            var run = await ToolRun.RunAsync("dotnet", copy, ["user-secrets", "init", "--project", project], cancellation);
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            Assert.Equal(before, await File.ReadAllTextAsync(project, cancellation));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void Warnings_are_errors_in_CI_only()
    {
        var setting = Assert.Single(XDocument.Load(RepositoryFolder.PathOf("Directory.Build.props")).Descendants("TreatWarningsAsErrors"));
        Assert.Equal(("true", "'$(CI)' == 'true'"), (setting.Value, setting.Attribute("Condition")?.Value));
    }
}
