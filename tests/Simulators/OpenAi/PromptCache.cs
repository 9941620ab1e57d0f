using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Denoised.Simulators.OpenAi;

/// <summary>Simulates prompt caching as documented by the service: prefixes of at least 1,024 tokens, in increments of 128.</summary>
internal sealed class PromptCache
{
    private const int Step = 128;
    private const int Least = 1024;

    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);

    /// <summary>Gets the number of cached tokens of a prompt, and adds the prompt to the cache.</summary>
    public int Look(string prompt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var cached = 0;
        for (var tokens = Step; tokens * 4 <= prompt.Length; tokens += Step)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(prompt.Substring((tokens - Step) * 4, Step * 4)));
            if (tokens >= Least && !seen.TryAdd(Convert.ToHexString(hash.GetCurrentHash()), true))
                cached = tokens;
        }

        return cached;
    }
}
