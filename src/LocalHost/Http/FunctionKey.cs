using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Denoised.LocalHost.Http;

/// <summary>The key that a caller must send: header <c>x-functions-key</c>, or <c>?code=</c>.</summary>
internal sealed class FunctionKey(string? key)
{
    private readonly byte[]? hash = string.IsNullOrEmpty(key) ? null : Hash(key);

    /// <summary>Whether a request carries it; never, where none is set. Takes the same time whatever was sent.</summary>
    public bool IsSentWith(HttpRequest request)
    {
        var sent = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault() ?? "";
        return hash is not null && CryptographicOperations.FixedTimeEquals(Hash(sent), hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
