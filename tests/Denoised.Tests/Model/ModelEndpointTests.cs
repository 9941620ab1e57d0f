using Azure.Core;
using Azure.Identity;
using Denoised.Model;
using Denoised.Simulators.OpenAi;

namespace Denoised.Tests.Model;

/// <summary>The route of a request and the header of the key follow from the endpoint.</summary>
public sealed class ModelEndpointTests
{
    [Theory]
    [InlineData("https://name.openai.azure.com", "https://name.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://name.openai.azure.com/", "https://name.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://name.openai.azure.com/openai/v1/", "https://name.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://NAME.cognitiveservices.azure.com/openai", "https://name.cognitiveservices.azure.com/openai/v1/chat/completions")]
    [InlineData("https://name.services.ai.azure.com/api/projects/p/openai/v1", "https://name.services.ai.azure.com/api/projects/p/openai/v1/chat/completions")]
    [InlineData("https://name.openai.azure.com/openai/deployments/d/chat/completions?api-version=2025-01-01-preview", "https://name.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1/chat/completions")]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions")]
    [InlineData("http://localhost:8000/v1/", "http://localhost:8000/v1/chat/completions")]
    [InlineData("http://localhost:8080/chat/completions", "http://localhost:8080/chat/completions")]
    [InlineData("https://models.example.org/openai/v1/chat/completions", "https://models.example.org/openai/v1/chat/completions")]
    [InlineData("https://models.example.org/api/v3", "https://models.example.org/api/v3/chat/completions")]
    [InlineData("https://models.example.org/v1beta/openai/", "https://models.example.org/v1beta/openai/chat/completions")]
    [InlineData("https://models.example.org/gateway?tenant=a", "https://models.example.org/gateway/v1/chat/completions?tenant=a")]
    public void The_route_follows_from_the_address(string address, string route) => Assert.Equal(route, ModelEndpoint.Of(address).Route.AbsoluteUri);

    [Theory]
    [InlineData("https://name.openai.azure.com", true, true)]
    [InlineData("https://name.openai.azure.us", true, true)]
    [InlineData("https://name.openai.azure.com.example.org", false, false)]
    [InlineData("https://openai.azure.com.example.org/openai/v1", false, true)]
    [InlineData("https://api.openai.com/v1", false, true)]
    [InlineData("http://localhost:11434", false, false)]
    public void The_endpoint_detects_Azure_and_the_OpenAI_API_from_the_address(string address, bool isAzure, bool isOpenAiApi)
    {
        var endpoint = ModelEndpoint.Of(address);
        Assert.Equal((isAzure, isOpenAiApi), (endpoint.IsAzure, endpoint.IsOpenAiApi));
    }

    [Theory]
    [InlineData("https://name.openai.azure.com", "https://cognitiveservices.azure.com/.default")]
    [InlineData("https://name.openai.azure.us", "https://cognitiveservices.azure.us/.default")]
    [InlineData("https://name.openai.azure.cn/openai/v1", "https://cognitiveservices.azure.cn/.default")]
    public void Each_cloud_has_its_own_token_scope(string address, string scope) => Assert.Equal(scope, ModelEndpoint.Of(address).TokenScope);

    [Fact]
    public async Task Azure_receives_the_key_in_the_api_key_header()
    {
        await using var server = await ModelServer.StartAsync(new() { Key = "right" }, settings => settings with { Endpoint = "http://name.openai.azure.com" }, isReachedByAnyName: true);
        var headers = Capture(server);

        Assert.Equal(ModelResponseKind.Answered, (await server.AskAsync()).Kind);

        Assert.Equal(("right", "", "/openai/v1/chat/completions"), headers());
        Assert.Equal(6000, server.Bodies.Single().GetProperty("max_completion_tokens").GetInt32());
        Assert.False(server.Bodies.Single().TryGetProperty("max_tokens", out _));
    }

    [Fact]
    public async Task Other_servers_receive_the_key_as_a_bearer_token_and_max_tokens()
    {
        await using var server = await ModelServer.StartAsync(new() { Key = "right", Server = SimulatedServer.Vllm });
        var headers = Capture(server);

        Assert.Equal(ModelResponseKind.Answered, (await server.AskAsync()).Kind);

        Assert.Equal(("", "Bearer right", "/v1/chat/completions"), headers());
        Assert.Equal(6000, server.Bodies.Single().GetProperty("max_tokens").GetInt32());
        Assert.False(server.Bodies.Single().TryGetProperty("max_completion_tokens", out _));
        Assert.Contains("\"keyPoints\"", server.Bodies.Single().GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_other_servers_receive_no_authorization()
    {
        var identity = new Identity();
        await using var server = await ModelServer.StartAsync(new() { Server = SimulatedServer.LlamaCpp }, credential: identity);
        var headers = Capture(server);

        Assert.Equal(ModelResponseKind.Answered, (await server.AskAsync()).Kind);

        Assert.Equal(("", "", "/v1/chat/completions"), headers());
        Assert.Empty(identity.Scopes);
    }

    [Fact]
    public async Task A_failed_sign_in_is_not_a_failure_of_the_paper()
    {
        var identity = new Identity();
        await using var server = await ModelServer.StartAsync(settings: settings => settings with { Endpoint = "https://name.openai.azure.com", Key = null }, credential: identity);

        var response = await server.AskAsync();

        Assert.Equal(ModelResponseKind.AccessDenied, response.Kind);
        Assert.Contains("Nobody is signed in.", response.Reason, StringComparison.Ordinal);
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], identity.Scopes.Distinct());
    }

    private static Func<(string ApiKey, string Authorization, string Path)> Capture(ModelServer server)
    {
        (string, string, string) seen = default;
        server.Simulator.Requested = request => seen = (request.Headers["api-key"].ToString(), request.Headers.Authorization.ToString(), request.Path.ToString());
        return () => seen;
    }

    /// <summary>The identity of a developer's machine without a sign-in.</summary>
    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            throw new CredentialUnavailableException("Nobody is signed in.");
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
