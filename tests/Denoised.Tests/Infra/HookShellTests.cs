using Denoised.Simulators;
using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

/// <summary>The commands of azure.yaml through the shells that azd starts, each with a script around it as azd 1.31.2 writes one.</summary>
public sealed class HookShellTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("denoised-hooks-").FullName;

    private string Programs => Path.Combine(folder, "programs");

    public HookShellTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins for node, npm and dotnet are shell scripts.");
        Directory.CreateDirectory(Programs);
        foreach (var name in (string[])["node", "npm", "dotnet"])
        {
            var program = Path.Combine(Programs, name);
            File.WriteAllText(program, $"#!/bin/sh\nprintf '%s\\n' {name} \"$@\" > '{folder}/called'\nexit \"$EXIT_CODE\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("posix")]
    [InlineData("windows")]
    public async Task Every_hook_passes_each_argument_unchanged(string system)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var hooks = Hooks(system);
        Assert.Equal(4, hooks.Count);
        foreach (var (shell, command) in hooks)
        {
            (await RunAsync(shell, command, exitCode: 0)).WithoutDiagnostics();
            Assert.Equal(command.Split(' '), await File.ReadAllLinesAsync(Path.Combine(folder, "called"), cancellation));
        }
    }

    // azd stops `azd up` at a hook only where the shell returns something other than 0.
    [Theory]
    [InlineData("posix")]
    [InlineData("windows")]
    public async Task A_hook_whose_program_fails_fails_with_its_exit_code(string system)
    {
        foreach (var (shell, command) in Hooks(system))
            Assert.Equal(3, (await RunAsync(shell, command, exitCode: 3)).ExitCode);
    }

    private static List<(string Shell, string Command)> Hooks(string system) =>
        [.. Yaml.Map(Yaml.Read(RepositoryFolder.PathOf("azure.yaml")), "hooks").Children.Values
            .SelectMany(list => (YamlSequenceNode)list)
            .Select(hook => Yaml.Map((YamlMappingNode)hook, system))
            .Select(hook => (Yaml.Text(hook, "shell"), Yaml.Text(hook, "run")))
            .Distinct()];

    private async Task<ToolRun> RunAsync(string shell, string command, int exitCode)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!;
        Assert.SkipUnless(path.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, shell))), $"{shell} is not installed.");
        // Only the script sees the stand-ins: a pwsh that is a .NET tool starts through the real `dotnet`.
        var (extension, script) = shell == "pwsh"
            ? ("ps1", $"$ErrorActionPreference = 'Stop'\n$env:PATH = '{Programs}:' + $env:PATH\n{command}\nif ($null -ne $LASTEXITCODE) {{ exit $LASTEXITCODE }}\n")
            : ("sh", $"#!/bin/sh\nset -e\nPATH='{Programs}':$PATH\n{command}\n");
        var file = Path.Combine(folder, $"hook.{extension}");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        KeyValuePair<string, string?>[] environment = [new("EXIT_CODE", exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return await ToolRun.RunAsync(shell, folder, [file], TestContext.Current.CancellationToken, environment);
    }
}
