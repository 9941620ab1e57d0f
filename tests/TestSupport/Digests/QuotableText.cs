using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.TestSupport.Digests;

/// <summary>
/// The text of a paper for finding quotes by position: title, abstract and all blocks of all sections, reduced to lower-case letters and digits,
/// with a mapping back to the original characters.
/// </summary>
internal sealed class QuotableText
{
    private readonly List<(int Start, string Section, string Text)> parts = [];
    private readonly List<int> origins = [];

    public QuotableText(PaperDocument paper)
    {
        Paper = paper;
        StringBuilder normalized = new();
        Add("Title", paper.Title);
        Add("Abstract", paper.Abstract);
        foreach (var section in paper.Sections)
        {
            foreach (var block in section.Blocks)
                Add(section.Heading, block.Text);
        }

        Normalized = normalized.ToString();

        void Add(string section, string text)
        {
            parts.Add((normalized.Length, section, text));
            Append(text, normalized, origins);
        }
    }

    /// <summary>The original paper.</summary>
    public PaperDocument Paper { get; }

    /// <summary>The letters and digits of the whole paper in lower case.</summary>
    public string Normalized { get; }

    /// <summary>The passages with the heading of their section: title, abstract, blocks.</summary>
    public IEnumerable<(string Section, string Text)> Passages => parts.Select(part => (part.Section, part.Text));

    /// <summary>Reduces a text to its letters and digits in lower case.</summary>
    public static string Normalize(string text)
    {
        StringBuilder normalized = new(text.Length);
        Append(text, normalized, origins: null);
        return normalized.ToString();
    }

    /// <summary>Finds the position of a quote; returns null if no single passage contains it.</summary>
    public QuotePlace? Find(string quote)
    {
        var normalized = Normalize(quote);
        for (var at = normalized.Length == 0 ? -1 : Normalized.IndexOf(normalized, StringComparison.Ordinal); at >= 0; at = Normalized.IndexOf(normalized, at + 1, StringComparison.Ordinal))
        {
            if (IsInOnePart(at, normalized.Length))
                return new QuotePlace(at, normalized.Length, Hash(normalized));
        }

        return null;
    }

    /// <summary>
    /// Reads the quote at a position, including adjacent signs, and the heading of its section. If the hash does not match there, takes the nearest match.
    /// </summary>
    public bool TryRead(QuotePlace place, [NotNullWhen(true)] out string? quote, [NotNullWhen(true)] out string? section)
    {
        (quote, section) = (null, null);
        var last = Normalized.Length - place.Length;
        for (var distance = 0; distance <= Math.Max(place.At, last - place.At); distance++)
        {
            foreach (var at in distance == 0 ? [place.At] : new[] { place.At - distance, place.At + distance })
            {
                if (at < 0 || at > last || !IsInOnePart(at, place.Length) || Hash(Normalized.AsSpan(at, place.Length)) != place.Hash)
                    continue;

                var part = parts[PartOf(at)];
                quote = Cut(part.Text, origins[at], origins[at + place.Length - 1]);
                section = part.Section;
                return true;
            }
        }

        return false;
    }

    private static void Append(string text, StringBuilder normalized, List<int>? origins)
    {
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var character in Characters.Normalize(rune.ToString()))
            {
                if (!char.IsLetterOrDigit(character))
                    continue;
                normalized.Append(char.ToLowerInvariant(character));
                origins?.Add(index);
            }

            index += rune.Utf16SequenceLength;
        }
    }

    // A quote keeps its percent sign, its minus sign and the delimiters of its formulas.
    private static string Cut(string text, int first, int last)
    {
        while (first > 0 && !char.IsWhiteSpace(text[first - 1]) && !char.IsLetterOrDigit(text[first - 1]))
            first--;
        last += char.IsHighSurrogate(text[last]) ? 1 : 0;
        while (last + 1 < text.Length && !char.IsWhiteSpace(text[last + 1]) && !char.IsLetterOrDigit(text[last + 1]))
            last++;
        return text[first..(last + 1)];
    }

    private static string Hash(ReadOnlySpan<char> normalized)
    {
        Span<byte> bytes = new byte[Encoding.UTF8.GetMaxByteCount(normalized.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(normalized, bytes)], hash);
        return Convert.ToHexStringLower(hash[..6]);
    }

    private bool IsInOnePart(int at, int length) => length > 0 && PartOf(at) == PartOf(at + length - 1);

    private int PartOf(int at)
    {
        int low = 0, high = parts.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = parts[middle].Start <= at ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
