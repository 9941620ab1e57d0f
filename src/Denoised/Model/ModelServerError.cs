using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>
/// An error response. Its shape differs by server and gateway: <c>{"error": {"message"}}</c> (OpenAI, Ollama, llama.cpp), <c>{"error": "text"}</c>
/// (LM Studio), <c>{"message"}</c> (older vLLM), <c>{"detail"}</c> (FastAPI), an array around it (Google), JSON in a string (gateways), plain text,
/// or the HTML page of a proxy.
/// </summary>
/// <param name="Code">A code or type, if it is not a number.</param>
/// <param name="Message">The message, shortened.</param>
/// <param name="Parameter">The setting that the server names as the cause.</param>
internal sealed record ModelServerError(string? Code, string? Message, string? Parameter)
{
    private const int MaxMessageLength = 300;
    private const int MaxTextLength = 20_000;
    private const int MaxDepth = 8;

    private static readonly string[] messageNames = ["message", "msg", "detail", "details", "error_message", "error_description", "reason", "title", "errors"];

    private static readonly string[] codeNames = ["code", "type", "error_type"];

    /// <summary>Reads the body of an error response.</summary>
    public static ModelServerError Read(BinaryData body)
    {
        var json = LenientJson.Parse(body.ToMemory().Span);
        return json is { } value ? Read(value, MaxDepth) : new ModelServerError(null, NullIfEmpty(PlainText(body.ToMemory().Span)), null);
    }

    /// <summary>Reads an error from JSON of any shape.</summary>
    public static ModelServerError Read(JsonElement json) => Read(json, MaxDepth);

    /// <summary>Returns the start of a text in one line.</summary>
    public static string Shorten(string text)
    {
        var line = new StringBuilder();
        foreach (var sign in text)
        {
            if (!char.IsWhiteSpace(sign) && !char.IsControl(sign))
                line.Append(sign);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
            if (line.Length > MaxMessageLength)
                return line.Append('…').ToString();
        }

        return line.ToString().TrimEnd();
    }

    private static ModelServerError Read(JsonElement json, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when LenientJson.Text(json) is { } text:
                // A gateway wraps the server's error as text.
                return text.AsSpan().TrimStart() is ['{' or '[', ..] && depth > 0 && LenientJson.Parse(Encoding.UTF8.GetBytes(text)) is { } inner
                    && Read(inner, depth - 1) is { Message: not null } wrapped
                    ? wrapped
                    : new ModelServerError(null, NullIfEmpty(text), null);
            case JsonValueKind.Array when depth > 0:
                var items = json.EnumerateArray().Take(3).Select(item => Read(item, depth - 1)).ToList();
                return new ModelServerError(
                    items.Find(item => item.Code is not null)?.Code,
                    NullIfEmpty(string.Join("; ", items.Select(item => item.Message).OfType<string>())),
                    items.Find(item => item.Parameter is not null)?.Parameter);
            case JsonValueKind.Object when depth > 0:
                return ReadObject(json, depth - 1);
            default:
                return new ModelServerError(null, null, null);
        }
    }

    private static ModelServerError ReadObject(JsonElement json, int depth)
    {
        var inner = LenientJson.Property(json, "error") is { } error ? Read(error, depth) : null;
        var own = messageNames.Select(name => LenientJson.Property(json, name))
            .OfType<JsonElement>()
            .Select(value => Read(value, depth))
            .FirstOrDefault(found => found.Message is not null);

        // FastAPI gives the path of an invalid value. The value itself can be the whole prompt and is ignored.
        var place = LenientJson.Property(json, "loc") is { ValueKind: JsonValueKind.Array } loc
            ? string.Join('.', loc.EnumerateArray().Select(part => part.ToString()))
            : null;
        var message = place is not null
            ? $"{place}: {own?.Message}"
            : inner?.Message is null
            ? own?.Message
            : own?.Message is null
            ? inner.Message
            : $"{inner.Message}: {own.Message}";
        return new ModelServerError(
            inner?.Code ?? CodeOf(json) ?? own?.Code,
            message is null ? null : NullIfEmpty(message),
            inner?.Parameter ?? LenientJson.Text(LenientJson.Property(json, "param")) ?? place ?? own?.Parameter);
    }

    /// <summary>Prefers the inner code of a content filter. A numeric code only repeats the status.</summary>
    private static string? CodeOf(JsonElement json) =>
        LenientJson.Text(LenientJson.Property(LenientJson.Property(json, "innererror"), "code")) is "ResponsibleAIPolicyViolation"
            ? ModelResponse.ContentFilterCode
            : codeNames.Select(name => LenientJson.Text(LenientJson.Property(json, name)))
                .FirstOrDefault(code => code is { Length: > 0 } && !int.TryParse(code, NumberStyles.Integer, CultureInfo.InvariantCulture, out _));

    private static string PlainText(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxTextLength)]);
        if (text.AsSpan().TrimStart() is not ['<', ..])
            return text;
        var page = new HtmlParser().ParseDocument(text);
        return page.Title is { Length: > 0 } title ? title : page.Body?.TextContent ?? "";
    }

    private static string? NullIfEmpty(string text) => Shorten(text) is { Length: > 0 } line ? line : null;
}
