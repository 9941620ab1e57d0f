using Denoised.Simulators;

namespace Denoised.Tests.Infra;

/// <summary>infra/prepare.mjs, which runs before <c>azd up</c> creates anything, through the shells that azd uses.</summary>
public sealed class PrepareTests : IDisposable
{
    private const string Command = "node infra/prepare.mjs";

    private readonly string folder = Directory.CreateTempSubdirectory("denoised-prepare-").FullName;

    public PrepareTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are run by sh.");
        foreach (var file in (string[])["infra/prepare.mjs", "frontend/package.json", "global.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(RepositoryFolder.PathOf(file.Split('/')), Path.Combine(folder, file));
        }

        // A stand-in for azd that records its arguments.
        var azd = Path.Combine(folder, "azd");
        File.WriteAllText(azd, $"#!/bin/sh\necho \"$@\" >> '{folder}/called'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(azd, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Called => File.Exists(Path.Combine(folder, "called")) ? File.ReadAllText(Path.Combine(folder, "called")).Trim() : "";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("sh", "-c")]
    [InlineData("pwsh", "-Command")]
    public async Task With_all_tools_installed_the_script_is_silent(string shell, string option)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, shell))), $"{shell} is not installed.");
        (await RunAsync(shell, option)).WithoutDiagnostics();
        Assert.Empty(Called);
    }

    [Fact]
    public async Task Outdated_tools_are_reported_with_the_required_version()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "frontend", "package.json"), """{ "engines": { "node": ">=99.1" } }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "global.json"), """{ "sdk": { "version": "99.0.100" } }""", TestContext.Current.CancellationToken);
        var run = await RunAsync();
        Assert.Equal(1, run.ExitCode);
        var lines = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Node.js >=99.1 is required", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("The .NET SDK 99.0.100", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_the_script_sets_the_model_region()
    {
        (await RunAsync(("DENOISED_MODEL_ENDPOINT", "none"))).WithoutDiagnostics();
        Assert.Equal("env set AZURE_OPENAI_LOCATION unused", Called);
    }

    [Theory]
    [InlineData("none", "unused")]
    [InlineData("none", "swedencentral")]
    [InlineData(null, "swedencentral")]
    public async Task A_chosen_region_is_not_changed(string? endpoint, string region)
    {
        (await RunAsync(("DENOISED_MODEL_ENDPOINT", endpoint), ("AZURE_OPENAI_LOCATION", region))).WithoutDiagnostics();
        Assert.Empty(Called);
    }

    [Fact]
    public async Task A_model_after_none_requires_a_region()
    {
        var run = await RunAsync(("AZURE_OPENAI_LOCATION", "unused"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("azd env set AZURE_OPENAI_LOCATION <region>", run.Errors, StringComparison.Ordinal);
    }

    private Task<ToolRun> RunAsync(params (string Name, string? Value)[] variables) => RunAsync("sh", "-c", variables);

    private Task<ToolRun> RunAsync(string shell, string option, params (string Name, string? Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["DENOISED_MODEL_ENDPOINT"] = null,
            ["AZURE_OPENAI_LOCATION"] = null,
        };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return ToolRun.RunAsync(shell, folder, [option, Command], TestContext.Current.CancellationToken, environment);
    }
}
