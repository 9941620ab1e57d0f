using Microsoft.ML.Tokenizers;

namespace Denoised.Model;

/// <summary>Counts the tokens of a text (o200k).</summary>
internal static class TokenCounter
{
    // Costs about 40 MB and a third of a second; loaded only when a model is called.
    private static readonly Lazy<TiktokenTokenizer> tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>Counts the tokens of a text.</summary>
    public static int Count(string text) => tokenizer.Value.CountTokens(text);

    /// <summary>Loads the tokenizer in the background, before the first paper needs it.</summary>
    public static void Prepare()
    {
        if (!tokenizer.IsValueCreated)
            _ = Task.Run(() => _ = tokenizer.Value);
    }
}
