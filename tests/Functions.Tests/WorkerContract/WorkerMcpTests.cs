using System.Text.Json;
using Denoised.LocalHost.Emulator;
using Denoised.Simulators;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>An MCP client receives the same from the published worker as from the local program.</summary>
[Trait("Tier", "Long")]
public sealed class WorkerMcpTests(ComparedPrograms programs) : IClassFixture<ComparedPrograms>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    public async Task A_client_receives_the_same_from_the_worker_as_from_the_local_program(string? revision)
    {
        var worker = await ListenAsync(new Uri(programs.Host.Address, "api/mcp"), revision);
        Assert.Equal(await ListenAsync(new Uri(programs.LocalApi, "/api/mcp"), revision), worker);
        Assert.Contains(worker, line => line.Contains("eprint = {2603.00001}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_TypeScript_client_finds_reads_and_cites_a_paper_on_both_programs()
    {
        var worker = await RunClientAsync(new Uri(programs.Host.Address, "api/mcp"));
        Assert.Equal(await RunClientAsync(new Uri(programs.LocalApi, "/api/mcp")), worker);
        Assert.Contains("tools: list_days, list_papers, get_paper, search, day_overview, cite", worker, StringComparison.Ordinal);
        Assert.Contains($"> cite {{\"ids\":[\"{ComparedPrograms.OldId}\"]}}", worker, StringComparison.Ordinal);
        Assert.Contains($"eprint = {{{ComparedPrograms.OldId}}}", worker, StringComparison.Ordinal);
        Assert.Contains("isError: The day 'yesterday' is neither a date", worker, StringComparison.Ordinal);
    }

    /// <summary>Runs the official TypeScript client, which checks each structured answer against the tool's schema.</summary>
    private static async Task<string> RunClientAsync(Uri address)
    {
        var folder = RepositoryFolder.PathOf("tests", "Functions.Tests", "WorkerContract", "TypeScriptClient");
        await NodePackages.EnsureInstalledAsync(folder, line => TestContext.Current.SendDiagnosticMessage(line), Stop);
        var (exitCode, output) = await NodeProgram.RunAsync("node", ["find-read-cite.mjs", address.AbsoluteUri, "a clock in a bell tower"], folder, Stop);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static async Task<List<string>> ListenAsync(Uri address, string? revision)
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = address, TransportMode = HttpTransportMode.StreamableHttp }),
            revision is null ? null : new McpClientOptions { ProtocolVersion = revision },
            cancellationToken: Stop);
        var heard = new List<string> { JsonSerializer.Serialize(client.ServerInfo), client.ServerInstructions! };
        heard.AddRange((await client.ListToolsAsync(cancellationToken: Stop)).Select(tool => JsonSerializer.Serialize(tool.ProtocolTool)));
        heard.AddRange((await client.ListResourcesAsync(cancellationToken: Stop)).Select(resource => resource.Uri));
        foreach (var (tool, arguments) in ((string, Dictionary<string, object?>)[])
            [
                ("list_days", []),
                ("list_papers", new() { ["limit"] = 3 }),
                ("search", new() { ["query"] = "tower" }),
                ("search", new() { ["query"] = "tower", ["mode"] = "meaning" }),
                ("day_overview", []),
                ("get_paper", new() { ["id"] = ComparedPrograms.OldId }),
                ("get_paper", new() { ["id"] = "2603.99999" }),
                ("cite", new() { ["ids"] = new[] { "2603.00001" } }),
            ])
        {
            var result = await client.CallToolAsync(tool, arguments, cancellationToken: Stop);
            heard.Add($"{tool} {result.IsError} {string.Concat(result.Content.OfType<TextContentBlock>().Select(content => content.Text))}");
        }

        heard.Add(Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("denoised://days/latest", cancellationToken: Stop)).Contents)).Text);
        return heard;
    }
}
