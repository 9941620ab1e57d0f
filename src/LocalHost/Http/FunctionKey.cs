using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Denoised.LocalHost.Http;

/// <summary>The function key required from callers: header <c>x-functions-key</c> or <c>?code=</c>.</summary>
internal sealed class FunctionKey(string? key)
{
    private readonly byte[]? hash = string.IsNullOrEmpty(key) ? null : Hash(key);

    /// <summary>Whether a request carries the key; always false if no key is set. Compares in constant time.</summary>
    public bool Matches(HttpRequest request)
    {
        var sent = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault() ?? "";
        return hash is not null && CryptographicOperations.FixedTimeEquals(Hash(sent), hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
