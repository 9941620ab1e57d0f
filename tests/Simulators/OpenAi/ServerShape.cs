using System.Text.Json.Nodes;

namespace Denoised.Simulators.OpenAi;

/// <summary>The server-specific formats of completions and errors.</summary>
internal static class ServerShape
{
    /// <summary>Formats a completion.</summary>
    public static JsonObject Completion(SimulatedServer server, OpenAiCall call, string id, string model, string? content, string? refusal) => server switch
    {
        SimulatedServer.Ollama => new JsonObject
        {
            ["id"] = id,
            ["object"] = "chat.completion",
            ["created"] = call.At.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = "fp_ollama",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content ?? refusal },
                ["finish_reason"] = call.FinishReason,
            }),
            ["usage"] = Usage(call),
        },
        SimulatedServer.LlamaCpp => new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject
            {
                ["finish_reason"] = call.FinishReason,
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["reasoning_content"] = "The passages come first.", ["content"] = content ?? refusal },
            }),
            ["created"] = call.At.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = "b9554-d403f00ec",
            ["object"] = "chat.completion",
            ["usage"] = Usage(call),
            ["id"] = id,
            ["timings"] = new JsonObject
            {
                ["cache_n"] = call.CachedTokens,
                ["prompt_n"] = call.PromptTokens - call.CachedTokens,
                ["prompt_ms"] = 251.51,
                ["prompt_per_second"] = 39.759,
                ["predicted_n"] = call.CompletionTokens,
                ["predicted_ms"] = 407.596,
                ["predicted_per_second"] = 68.695,
            },
        },
        SimulatedServer.Vllm => new JsonObject
        {
            ["id"] = id,
            ["object"] = "chat.completion",
            ["created"] = call.At.ToUnixTimeSeconds(),
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject
                {
                    ["role"] = "assistant",
                    ["content"] = "\n\n" + (content ?? refusal),
                    ["refusal"] = null,
                    ["annotations"] = null,
                    ["audio"] = null,
                    ["function_call"] = null,
                    ["tool_calls"] = new JsonArray(),
                    ["reasoning_content"] = "\nThe passages come first.\n",
                },
                ["logprobs"] = null,
                ["finish_reason"] = call.FinishReason,
                ["stop_reason"] = null,
                ["token_ids"] = null,
            }),
            ["service_tier"] = null,
            ["system_fingerprint"] = null,
            ["usage"] = Usage(call, ("prompt_tokens_details", null)),
            ["prompt_logprobs"] = null,
            ["prompt_token_ids"] = null,
            ["kv_transfer_params"] = null,
        },
        _ => new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject
            {
                ["content_filter_results"] = FilterResults(call.FinishReason == "content_filter"),
                ["finish_reason"] = call.FinishReason,
                ["index"] = 0,
                ["logprobs"] = null,
                ["message"] = new JsonObject { ["annotations"] = new JsonArray(), ["content"] = refusal is null ? content : null, ["refusal"] = refusal, ["role"] = "assistant" },
            }),
            ["created"] = call.At.ToUnixTimeSeconds(),
            ["id"] = id,
            ["model"] = model,
            ["object"] = "chat.completion",
            ["prompt_filter_results"] = new JsonArray(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = FilterResults(false) }),
            ["service_tier"] = "default",
            ["system_fingerprint"] = null,
            ["usage"] = Usage(
                call,
                ("completion_tokens_details", new JsonObject { ["accepted_prediction_tokens"] = 0, ["audio_tokens"] = 0, ["reasoning_tokens"] = call.ReasoningTokens, ["rejected_prediction_tokens"] = 0 }),
                ("prompt_tokens_details", new JsonObject { ["audio_tokens"] = 0, ["cached_tokens"] = call.CachedTokens })),
        },
    };

    /// <summary>Formats an error.</summary>
    public static JsonObject Error(SimulatedServer server, ChatError error) => (server, error.Status) switch
    {
        (SimulatedServer.Vllm, 404) when error.Code is null => new JsonObject { ["detail"] = "Not Found" },
        (SimulatedServer.Vllm, 401) => new JsonObject { ["error"] = "Unauthorized" },
        (SimulatedServer.Vllm, _) => new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = error.Message, ["type"] = error.Status == 404 ? "NotFoundError" : "BadRequestError", ["param"] = error.Param, ["code"] = error.Status },
        },
        (SimulatedServer.LlamaCpp, _) => new JsonObject { ["error"] = new JsonObject { ["code"] = error.Status, ["message"] = error.Message, ["type"] = error.Type } },
        (SimulatedServer.Ollama, _) => new JsonObject { ["error"] = new JsonObject { ["message"] = error.Message, ["type"] = error.Type, ["param"] = null, ["code"] = null } },
        _ => new JsonObject { ["error"] = AzureError(error) },
    };

    private static JsonObject AzureError(ChatError error)
    {
        var shape = new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["param"] = error.Param, ["type"] = error.Type };
        if (error.Code == "content_filter")
        {
            shape["status"] = 400;
            shape["innererror"] = new JsonObject { ["code"] = "ResponsibleAIPolicyViolation", ["content_filter_result"] = FilterResults(true) };
        }

        return shape;
    }

    private static JsonObject Usage(OpenAiCall call, params (string Name, JsonNode? Value)[] details)
    {
        var usage = new JsonObject
        {
            ["completion_tokens"] = call.CompletionTokens,
            ["prompt_tokens"] = call.PromptTokens,
            ["total_tokens"] = call.PromptTokens + call.CompletionTokens,
        };
        foreach (var (name, value) in details)
            usage[name] = value;
        return usage;
    }

    private static JsonObject FilterResults(bool filtered)
    {
        var results = new JsonObject();
        foreach (var category in (string[])["hate", "self_harm", "sexual", "violence"])
            results[category] = new JsonObject { ["filtered"] = filtered && category == "violence", ["severity"] = filtered && category == "violence" ? "medium" : "safe" };
        return results;
    }
}
