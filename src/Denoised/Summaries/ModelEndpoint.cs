using System.Text.RegularExpressions;

namespace Denoised.Summaries;

/// <summary>Where a server answers chat completions. Route, key header and the name of the token limit follow from the address in the settings.</summary>
/// <param name="Route">The full address of the chat completions.</param>
/// <param name="IsAzure">
/// Whether Azure serves it: the key goes as <c>api-key</c> there, and only there Microsoft Entra tokens are sent. Elsewhere the key is a bearer token.
/// </param>
internal sealed record ModelEndpoint(Uri Route, bool IsAzure)
{
    private static readonly LinearRegex azureHost = new(@"\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex version = new("/v[0-9]+[a-z0-9]*(/|$)", RegexOptions.IgnoreCase);

    private const string Completions = "/chat/completions";

    /// <summary>
    /// Whether the limit of the answer is <c>max_completion_tokens</c>, as OpenAI's API demands. Other servers get <c>max_tokens</c>: Ollama and LM Studio
    /// ignore the newer name silently and would generate without a limit. Source: https://github.com/ollama/ollama/issues/7125.
    /// </summary>
    public bool IsOpenAiApi => IsAzure || Route.Host == "api.openai.com" || Route.AbsolutePath.EndsWith("/openai/v1" + Completions, StringComparison.OrdinalIgnoreCase);

    /// <summary>The scope of Microsoft Entra tokens, which differs between the public and the sovereign clouds.</summary>
    public string TokenScope => $"https://cognitiveservices.azure.{Route.Host[(Route.Host.LastIndexOf('.') + 1)..]}/.default";

    /// <summary>
    /// The endpoint of an address. A path with a version (<c>…/v1</c>) is used as given; otherwise Azure gets <c>/openai/v1</c>, other servers <c>/v1</c>. The whole
    /// address of the chat completions, as portals show it, is fine too; Azure's dated deployment routes become the general one.
    /// </summary>
    public static ModelEndpoint Of(string address)
    {
        var given = new UriBuilder(address) { Fragment = "" };
        var isAzure = azureHost.IsMatch(given.Host);
        var path = given.Path.TrimEnd('/');
        var isWhole = path.EndsWith(Completions, StringComparison.OrdinalIgnoreCase);
        if (isWhole)
            path = path[..^Completions.Length];
        if (!version.IsMatch(path))
        {
            if (isAzure)
                (path, given.Query) = ("/openai/v1", "");
            else if (!isWhole)
                path += "/v1";
        }

        given.Path = path + Completions;
        return new ModelEndpoint(given.Uri, isAzure);
    }
}
