using CsCheck;

namespace Denoised.Tests.Arxiv;

/// <summary>Damages a text: truncates it, deletes, repeats or replaces a piece, or inserts problematic characters.</summary>
internal static class Mutation
{
    private static readonly string[] awkward = ["<", ">", "&", "]]>", "<![CDATA[", "\0", "\ud800", "&#0;", "&#xD800;", "<!--", "<!DOCTYPE a>", "<?xml version='1.0'?>", "\"", "'", "\r\n", "{}", "<item>", "</item>", "<dl>", "</dd>", " xmlns='x'"];

    public static Gen<string> Of(string text) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, text.Length - 1], Gen.Int[1, 200], Gen.Int[0, text.Length - 1], Gen.Int[0, awkward.Length - 1]).Select((kind, at, length, other, piece) =>
        {
            var end = Math.Min(text.Length, at + length);
            return kind switch
            {
                0 => text[..at],
                1 => text[..at] + text[end..],
                2 => text[..other] + text[at..end] + text[other..],
                3 => text[..at] + awkward[piece] + text[end..],
                _ => text[..at] + awkward[piece] + text[at..],
            };
        });
}
