using System.Net.Sockets;
using System.Text;

namespace Denoised.Functions.Tests.Security;

/// <summary>Sends a request byte for byte. HTTP libraries normalise paths and reject invalid requests.</summary>
internal static class RawHttp
{
    /// <summary>Returns the head and the body of the response as Latin-1, one character per byte.</summary>
    public static async Task<RawAnswer> SendAsync(Uri server, string target, string method = "GET", params string[] headers)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, stop);
        await using var stream = client.GetStream();
        var request = string.Concat($"{method} {target} HTTP/1.1\r\n", string.Concat(((string[])[$"Host: {server.Authority}", "Connection: close", .. headers]).Select(header => header + "\r\n")), "\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), stop);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(stop);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"{target} was not answered.");
        return new RawAnswer(int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answer[..end], answer[(end + 4)..]);
    }
}

/// <summary>A raw response.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The status line and the headers.</param>
/// <param name="Body">The body, without decoding of the chunks.</param>
internal sealed record RawAnswer(int Status, string Head, string Body);
