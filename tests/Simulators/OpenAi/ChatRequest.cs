using System.Text.Json;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>A valid request to the chat completions endpoint.</summary>
/// <param name="Model">The deployment.</param>
/// <param name="Prompt">All messages, role and text, as seen by the prompt cache.</param>
/// <param name="UserText">The user message with the paper: the one that contains its identifier, otherwise the longest.</param>
/// <param name="PaperId">The first <c>arXiv:&lt;id&gt;</c> in the user messages, without version.</param>
/// <param name="Day">The listing day, <c>yyyy-MM-dd</c>, of an overview request; null for requests about a single paper.</param>
/// <param name="MaxCompletionTokens">The requested limit, or the service's default.</param>
/// <param name="ReasoningEffort">The requested effort; <c>medium</c> by default.</param>
/// <param name="Schema">The response schema; null for free text.</param>
internal sealed partial record ChatRequest(string Model, string Prompt, string UserText, string? PaperId, string? Day, int MaxCompletionTokens, string ReasoningEffort, JsonElement? Schema)
{
    private const int DefaultCompletionTokens = 16_384;
    private const int MostCompletionTokens = 128_000;

    private static readonly HashSet<string> known = new(StringComparer.Ordinal)
    {
        "model", "messages", "max_completion_tokens", "reasoning_effort", "response_format", "n", "seed", "stop", "stream", "user", "metadata", "store", "verbosity",
        "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "service_tier", "tools", "tool_choice", "parallel_tool_calls", "modalities",
    };

    private static readonly HashSet<string> ofOlderModels = new(StringComparer.Ordinal)
    {
        "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias", "max_tokens",
    };

    private static readonly string[] efforts = ["none", "minimal", "low", "medium", "high", "xhigh"];
    private static readonly string[] roles = ["system", "developer", "user", "assistant", "tool"];

    /// <summary>The estimated number of prompt tokens, at four characters per token like all estimates here.</summary>
    public int PromptTokens { get; } = Tokens(Prompt);

    public static int Tokens(string text) => (text.Length + 3) / 4;

    /// <summary>Reads a request, or returns the service's error.</summary>
    public static ChatRequest? Read(JsonElement body, OpenAiSimulatorOptions options, out ChatError? error)
    {
        error = null;
        if (body.ValueKind != JsonValueKind.Object)
            return Refuse(out error, "The body must be a JSON object.", null, null);
        foreach (var field in options.Server == SimulatedServer.Azure ? body.EnumerateObject().ToList() : [])
        {
            if (ofOlderModels.Contains(field.Name))
            {
                return Refuse(
                    out error,
                    $"Unsupported parameter: '{field.Name}' is not supported with this model.{(field.Name == "max_tokens" ? " Use 'max_completion_tokens' instead." : "")}",
                    field.Name,
                    "unsupported_parameter");
            }

            if (!known.Contains(field.Name))
                return Refuse(out error, $"Unknown parameter: '{field.Name}'.", field.Name, "unknown_parameter");
        }

        if (!body.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.String)
            return Refuse(out error, "Missing required parameter: 'model'.", "model", "missing_required_parameter");
        if (options.Server != SimulatedServer.LlamaCpp && !options.Deployments.Contains(model.GetString()!, StringComparer.Ordinal))
        {
            error = options.Server switch
            {
                SimulatedServer.Ollama => new ChatError(404, null, $"model \"{model.GetString()}\" not found, try pulling it first", null, "not_found_error"),
                SimulatedServer.Vllm => new ChatError(404, "404", $"The model `{model.GetString()}` does not exist.", "model", null),
                _ => new ChatError(404, "DeploymentNotFound", $"There is no deployment '{model.GetString()}' on this resource. One that was made within the last minutes may not be known yet.", null, null),
            };
            return null;
        }

        if (body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
            return Refuse(out error, "'stream' is not simulated.", "stream", "unsupported_value");
        // Without a limit that they support, local servers generate until the context is full.
        var most = options.Server == SimulatedServer.Azure ? DefaultCompletionTokens : MostCompletionTokens;
        if (options.Server != SimulatedServer.Azure && body.TryGetProperty("max_tokens", out var limit))
            most = limit.GetInt32();
        if (options.Server != SimulatedServer.Ollama && body.TryGetProperty("max_completion_tokens", out var tokens) && (tokens.ValueKind != JsonValueKind.Number || !tokens.TryGetInt32(out most) || most is < 1 or > MostCompletionTokens))
            return Refuse(out error, $"Invalid 'max_completion_tokens': an integer from 1 to {MostCompletionTokens} is expected, not {tokens.GetRawText()}.", "max_completion_tokens", "invalid_value");
        var effort = "medium";
        if (body.TryGetProperty("reasoning_effort", out var asked) && options.Server == SimulatedServer.Ollama)
            return Refuse(out error, $"\"{model.GetString()}\" does not support thinking", null, null);
        if (asked.ValueKind != JsonValueKind.Undefined)
        {
            if (asked.ValueKind != JsonValueKind.String || !efforts.Contains(asked.GetString()!, StringComparer.Ordinal))
                return Refuse(out error, $"Invalid value of 'reasoning_effort': {asked.GetRawText()}. Supported values are: {string.Join(", ", efforts.Select(static e => $"'{e}'"))}.", "reasoning_effort", "invalid_value");
            effort = asked.GetString()!;
        }

        if (!TryReadMessages(body, out var messages, out error) || !TryReadFormat(body, out var schema, out error))
            return null;
        var prompt = string.Concat(messages.Select(static m => $"<|{m.Role}|>\n{m.Text}\n")) + (schema?.GetRawText() ?? "");
        var users = messages.Where(static m => m.Role == "user").Select(static m => m.Text).ToList();
        // A repair request contains a long list of faults, so length does not identify the paper's message; the identifier does.
        var day = users is [var first, ..] && DayOfPapers().Match(first) is { Success: true } named ? named.Groups["day"].Value : null;
        var about = day is not null ? users[0] : users.FirstOrDefault(static text => Identifier().IsMatch(text));
        var id = about is null || day is not null ? null : Identifier().Match(about).Groups["id"].Value;
        var request = new ChatRequest(model.GetString()!, prompt, about ?? users.MaxBy(static t => t.Length) ?? "", id, day, most, effort, schema);
        if (request.PromptTokens + most > options.ContextTokens + MostCompletionTokens || request.PromptTokens > options.ContextTokens)
            return options.Server == SimulatedServer.LlamaCpp
                ? Refuse(out error, $"request ({request.PromptTokens} tokens) exceeds the available context size ({options.ContextTokens} tokens), try increasing it", null, null)
                : Refuse(out error, $"Input tokens exceed the configured limit of {options.ContextTokens} tokens. Your messages resulted in {request.PromptTokens} tokens.", "messages", "context_length_exceeded");
        return request;
    }

    private static ChatRequest? Refuse(out ChatError? error, string message, string? param, string? code)
    {
        error = new ChatError(400, code, message, param, "invalid_request_error");
        return null;
    }

    private static bool TryReadMessages(JsonElement body, out List<(string Role, string Text)> messages, out ChatError? error)
    {
        messages = [];
        error = null;
        if (!body.TryGetProperty("messages", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            return Refuse(out error, "Missing required parameter: 'messages', an array with at least one message.", "messages", "missing_required_parameter") is not null;
        foreach (var message in list.EnumerateArray())
        {
            var place = $"messages[{messages.Count}]";
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || !roles.Contains(role.GetString(), StringComparer.Ordinal))
                return Refuse(out error, $"Invalid value of '{place}.role'. Supported values are: {string.Join(", ", roles.Select(static r => $"'{r}'"))}.", place + ".role", "invalid_value") is not null;
            var content = message.TryGetProperty("content", out var found) ? found : default;
            var text = content.ValueKind switch
            {
                JsonValueKind.String => content.GetString(),
                JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(static part => part.TryGetProperty("text", out var t) ? t.GetString() : "")),
                JsonValueKind.Null when role.GetString() == "assistant" => "",
                _ => null,
            };
            if (text is null)
                return Refuse(out error, $"Invalid type for '{place}.content': a string or an array of parts is expected.", place + ".content", "invalid_type") is not null;
            messages.Add((role.GetString()!, text));
        }

        return true;
    }

    private static bool TryReadFormat(JsonElement body, out JsonElement? schema, out ChatError? error)
    {
        schema = null;
        error = null;
        if (!body.TryGetProperty("response_format", out var format))
            return true;
        var type = format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var t) ? t.GetString() : null;
        if (type is "text" or "json_object")
            return true;
        if (type != "json_schema" || !format.TryGetProperty("json_schema", out var json) || json.ValueKind != JsonValueKind.Object)
            return Refuse(out error, "Invalid 'response_format': its type must be 'text', 'json_object', or 'json_schema' with a 'json_schema'.", "response_format", "invalid_value") is not null;
        if (!json.TryGetProperty("name", out var name) || !SchemaName().IsMatch(name.GetString() ?? ""))
            return Refuse(out error, "Invalid 'response_format.json_schema.name': 1 to 64 letters, digits, underscores and hyphens are expected.", "response_format.json_schema.name", "invalid_value") is not null;
        if (!json.TryGetProperty("schema", out var found))
            return Refuse(out error, "Missing required parameter: 'response_format.json_schema.schema'.", "response_format.json_schema.schema", "missing_required_parameter") is not null;
        if (json.TryGetProperty("strict", out var strict) && strict.ValueKind == JsonValueKind.True && StrictSchema.Fault(found) is { } fault)
            return Refuse(out error, $"Invalid schema for response_format '{name.GetString()}': {fault}", "response_format", null) is not null;
        schema = found;
        return true;
    }

    [GeneratedRegex(@"arXiv:\s?(?<id>\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\blisting day (?<day>\d{4}-\d{2}-\d{2})\b", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex DayOfPapers();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.None, 2000)]
    private static partial Regex SchemaName();
}

/// <summary>An error in the format of Azure OpenAI.</summary>
internal sealed record ChatError(int Status, string? Code, string Message, string? Param, string? Type);
