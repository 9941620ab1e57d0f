using System.Text.Json;
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
