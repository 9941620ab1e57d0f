using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Denoised.LocalHost;
using Denoised.LocalHost.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Denoised.Functions.Tests.LocalHost;

/// <summary>Failed starts as a user sees them: the error output and the exit code of the process.</summary>
public sealed class StartTests(AzuriteFixture azurite)
{
    // No program listens on port 1.
    private const string unreachable =
        "AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    [Theory]
    [InlineData("Collect__RetentionDays", "0", "The setting Collect:RetentionDays must be between 1 and 366 listing days.")]
    [InlineData("LocalHost__SitePort", "abc", "The setting LocalHost:SitePort is 'abc', but has to be a whole number.")]
    [InlineData("Summarizer__FullText", "maybe", "The setting Summarizer:FullText is 'maybe', but has to be true or false.")]
    [InlineData("AzureWebJobsStorage", "nonsense", "The setting AzureWebJobsStorage is not a connection string")]
    [InlineData("PATH", "", "install Node.js 20 or later")]
    public async Task The_error_names_an_invalid_setting_in_one_sentence(string setting, string value, string sentence)
    {
        var error = await FailAsync((setting, value));

        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    [Theory]
    [InlineData("LocalHost__SitePort", "LocalHost:SitePort")]
    [InlineData("LocalHost__ApiPort", "LocalHost:ApiPort")]
    public async Task The_error_names_a_port_in_use_and_its_setting(string variable, string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var error = await FailAsync((variable, port));

        Assert.Contains(port, error, StringComparison.Ordinal);
        Assert.Contains($"set {setting} to another port", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    [Fact]
    public async Task The_error_names_the_version_of_an_outdated_Node()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program that stands for Node.js is a shell script.");
        var folder = Directory.CreateTempSubdirectory("denoised-node-").FullName;
        try
        {
            var node = Path.Combine(folder, "node");
            await File.WriteAllTextAsync(node, "#!/bin/sh\necho v18.19.0\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            var error = await FailAsync(("PATH", folder));

            Assert.Equal("Node.js 20 or later is needed, but the one in PATH is v18.19.0: install a newer one.", error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_error_names_the_setting_of_unreachable_storage()
    {
        var error = await FailAsync(("AzureWebJobsStorage", unreachable));

        Assert.Contains("The storage account of the setting AzureWebJobsStorage cannot be used", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    [Fact]
    public async Task A_setting_shows_the_stack_trace()
    {
        var error = await FailAsync(("Collect__RetentionDays", "0"), (StartFailure.StackTraceSetting.Replace(":", "__", StringComparison.Ordinal), "true"));

        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_a_folder_without_write_permission()
    {
        var sentence = StartFailure.Describe(new UnauthorizedAccessException("Access to the path '/srv/.azurite' is denied."));

        Assert.StartsWith("Access to the path '/srv/.azurite' is denied.", sentence, StringComparison.Ordinal);
        Assert.Contains("permission to write", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_is_the_last_line_after_a_stop_and_the_exit_code_is_0()
    {
        using var process = Start(("LocalHost__BuildPage", "false"));
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
                Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("Stopped.", lines[^1]);
    }

    [Fact]
    public async Task A_warning_for_an_unknown_setting_lists_the_known_names()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [], application => application.Services.AddDenoised(application.Configuration), "Summarizer:Endpont=x", "Collect:RetentionDays=3");

        var warning = Assert.Single(app.Logs.Lines, line => line.Contains("is unknown", StringComparison.Ordinal));
        Assert.StartsWith("Warning: The setting Summarizer:Endpont is unknown and has no effect. Section Summarizer has: Endpoint,", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_detects_a_local_model_server_by_its_model_list()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.MapGet("/v1/models", () => """{"object":"list","data":[{"id":"small-model","object":"model"}]}""");
        await server.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(server.Urls.Single() + "/");

        Assert.Equal((true, "small-model"), await ModelCheck.ProbeAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal((false, null), await ModelCheck.ProbeAsync(new Uri("http://127.0.0.1:1/"), TestContext.Current.CancellationToken));
        Assert.EndsWith(
            $"Summarizer__Endpoint={address}v1 Summarizer__Deployment=small-model", ModelCheck.Describe("Ollama", address, "small-model"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", "Model small at ", " answers: OK")]
    [InlineData("another key", "Model small at ", " does not answer: ")]
    public async Task The_start_calls_a_configured_model_once_and_prints_the_result(string key, string begin, string part)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.MapPost("/v1/chat/completions", (HttpRequest request) => request.Headers.Authorization == "Bearer key"
            ? Results.Text("""{"choices":[{"message":{"role":"assistant","content":"OK"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":1}}""", "application/json")
            : Results.Json(new { error = new { message = "Wrong key." } }, statusCode: 401));
        await server.StartAsync(TestContext.Current.CancellationToken);

        using var process = Start(
            ("LocalHost__BuildPage", "false"), ("CollectSchedule", "0 0 0 1 1 *"), ("Summarizer__Endpoint", server.Urls.Single() + "/v1"),
            ("Summarizer__Deployment", "small"), ("Summarizer__Key", key));
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not null && !line.StartsWith(begin, StringComparison.Ordinal))
            continue;
        process.Kill();

        Assert.NotNull(line);
        Assert.Contains(part, line, StringComparison.Ordinal);
    }

    /// <summary>Starts the program, expects exit code 1 without a stack trace and returns its error output.</summary>
    private async Task<string> FailAsync(params (string Name, string Value)[] settings)
    {
        using var process = Start(settings);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        return error.Trim();
    }

    private Process Start(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(DotnetPath())
        {
            ArgumentList = { typeof(LocalApplication).Assembly.Location },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AzureWebJobsStorage"] = azurite.TakeAccount();
        start.Environment["LocalHost__ApiPort"] = "0";
        start.Environment["LocalHost__SitePort"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The full path, because the tests change PATH.</summary>
    private static string DotnetPath() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")).First(File.Exists);
}
