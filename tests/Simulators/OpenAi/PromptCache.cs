using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Denoised.Simulators.OpenAi;

/// <summary>Which beginnings of prompts were seen before: from 1,024 tokens on, in steps of 128, as the service documents.</summary>
internal sealed class PromptCache
{
    private const int Step = 128;
    private const int Least = 1024;

    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);

    /// <summary>How many tokens of a prompt are cached; from now on all of it is.</summary>
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
