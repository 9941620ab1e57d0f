namespace Denoised.Simulators.OpenAi;

/// <summary>The simulated servers. They differ in routes, keys, supported settings, and the formats of responses and errors.</summary>
public enum SimulatedServer
{
    /// <summary>Azure OpenAI.</summary>
    Azure,

    /// <summary>
    /// Ollama: only <c>/v1</c>, no key; supports <c>max_tokens</c> and ignores <c>max_completion_tokens</c>; a model without reasoning rejects
    /// <c>reasoning_effort</c>. Source: https://github.com/ollama/ollama/blob/main/openai/openai.go.
    /// </summary>
    Ollama,

    /// <summary>
    /// llama.cpp's <c>llama-server</c>: accepts any model name; <c>timings</c> beside the usage; integer error codes.
    /// Source: https://github.com/ggml-org/llama.cpp/tree/master/tools/server.
    /// </summary>
    LlamaCpp,

    /// <summary>
    /// vLLM: <c>stop_reason</c> and <c>reasoning_content</c> in each choice, null usage details, <c>{"detail"}</c> for unknown routes.
    /// Source: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html.
    /// </summary>
    Vllm,
}

/// <summary>A response provided by a test.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, sent unchanged.</param>
/// <param name="Headers">Additional headers.</param>
public sealed record PrescribedAnswer(int Status, string Body, params (string Name, string Value)[] Headers);
