namespace Denoised.Simulators.OpenAi;

/// <summary>Whose API is simulated: routes, keys, settings taken, and the shapes of answers and errors differ.</summary>
public enum SimulatedServer
{
    /// <summary>Azure OpenAI.</summary>
    Azure,

    /// <summary>
    /// Ollama: only <c>/v1</c>, no key; takes <c>max_tokens</c> and ignores <c>max_completion_tokens</c>; a model that cannot think refuses <c>reasoning_effort</c>.
    /// Source: https://github.com/ollama/ollama/blob/main/openai/openai.go.
    /// </summary>
    Ollama,

    /// <summary>llama.cpp's <c>llama-server</c>: any model name; <c>timings</c> beside the usage; integer error codes. Source: https://github.com/ggml-org/llama.cpp/tree/master/tools/server.</summary>
    LlamaCpp,

    /// <summary>vLLM: <c>stop_reason</c> and <c>reasoning_content</c> in each choice, null details of the usage, <c>{"detail"}</c> for routes. Source: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html.</summary>
    Vllm,
}

/// <summary>An answer that a test prescribes.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body as it is sent.</param>
/// <param name="Headers">Headers beside those that every answer has.</param>
public sealed record PrescribedAnswer(int Status, string Body, params (string Name, string Value)[] Headers);
