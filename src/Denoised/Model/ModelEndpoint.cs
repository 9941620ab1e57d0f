using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>The endpoint of a chat completions server. Route, key header and the name of the token limit follow from the configured URL.</summary>
/// <param name="Route">The full URL of the chat completions.</param>
/// <param name="IsAzure">
/// Whether Azure hosts it. Azure gets the key as <c>api-key</c>, and is the only host that gets Microsoft Entra tokens. Other servers get the key as
/// a bearer token.
/// </param>
internal sealed record ModelEndpoint(Uri Route, bool IsAzure)
{
    private static readonly LinearRegex azureHost = new(@"\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$", RegexOptions.IgnoreCase);
    private static readonly LinearRegex version = new("/v[0-9]+[a-z0-9]*(/|$)", RegexOptions.IgnoreCase);

    private const string Completions = "/chat/completions";

    /// <summary>
    /// Whether the token limit is named <c>max_completion_tokens</c>, as OpenAI's API requires. Other servers get <c>max_tokens</c>: Ollama and LM
    /// Studio silently ignore the newer name and generate without a limit. Source: https://github.com/ollama/ollama/issues/7125.
    /// </summary>
    public bool IsOpenAiApi =>
        IsAzure || Route.Host == "api.openai.com" || Route.AbsolutePath.EndsWith("/openai/v1" + Completions, StringComparison.OrdinalIgnoreCase);

    /// <summary>The scope of Microsoft Entra tokens. It differs between the public and the sovereign clouds.</summary>
    public string TokenScope => $"https://cognitiveservices.azure.{Route.Host[(Route.Host.LastIndexOf('.') + 1)..]}/.default";

    /// <summary>
    /// Derives the endpoint from a URL. Keeps a path with a version (<c>…/v1</c>); otherwise appends <c>/openai/v1</c> for Azure and <c>/v1</c> for
    /// other servers. Accepts the full URL of the chat completions, as portals show it, and replaces Azure's dated deployment routes by the
    /// versionless one.
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
