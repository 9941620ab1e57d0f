using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Denoised.Publishing.Feeds;

namespace Denoised.Delivery.Webhooks;

/// <summary>Texts for messages with size limits.</summary>
internal static class MessageText
{
    private const string Ellipsis = "…";

    // The default escapes all characters outside ASCII, which takes up to six times as many bytes. The message is not embedded in HTML.
    private static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Serializes a message.</summary>
    public static byte[] ToUtf8(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString(json));

    /// <summary>Escapes a text and, if it is too long, shortens it at a word. Does not cut a character or an escape sequence.</summary>
    /// <param name="text">The text. Line breaks become spaces.</param>
    /// <param name="maxLength">The maximum length after escaping, in UTF-16 code units.</param>
    /// <param name="escape">Escapes a character; null for no escaping.</param>
    public static string Fit(string text, int maxLength, Func<Rune, string>? escape = null)
    {
        List<string> pieces = [.. text.EnumerateRunes().Select(rune => Rune.IsWhiteSpace(rune) ? " " : escape?.Invoke(rune) ?? rune.ToString())];
        if (pieces.Sum(piece => piece.Length) <= maxLength)
            return string.Concat(pieces);

        var (length, count, lastSpace) = (0, 0, 0);
        for (; length + pieces[count].Length <= maxLength - Ellipsis.Length; length += pieces[count++].Length)
        {
            if (pieces[count] == " ")
                lastSpace = count;
        }

        return string.Concat(pieces.Take(lastSpace > count / 2 ? lastSpace : count)).TrimEnd() + Ellipsis;
    }

    /// <summary>The main statement of a paper: its TL;DR, or else its first key points.</summary>
    public static string Statement(DigestPaper paper) => paper.Tldr ?? string.Join(' ', paper.Claims);

    /// <summary>The counts of the day and its irregularities.</summary>
    public static string Facts(Digest digest) => string.Join(' ', digest.Notes.Prepend(digest.Counts + "."));

    /// <summary>A theme with the number of its papers.</summary>
    public static string Heading(DigestTheme theme) => $"{theme.Title} ({theme.Count})";
}
