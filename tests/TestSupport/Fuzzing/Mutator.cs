using System.Globalization;
using System.Text;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>
/// Damages inputs. What it gives depends on nothing but the seed, the number and the inputs to begin with, so a finding is known by its number.
/// Inputs are handled as text of one character a byte.
/// </summary>
/// <param name="seeds">The inputs to begin with.</param>
/// <param name="pieces">What has a meaning in inputs of this kind.</param>
/// <param name="structure">Where an input's parts begin and end.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<string> pieces, Func<string, IReadOnlyList<(int Start, int End)>> structure)
{
    /// <summary>No mutation makes an input longer than this, in bytes.</summary>
    public const int MaxLength = 60_000;

    private static readonly string[] awkward =
    [
        "\0", "\u0008", "\r\n", "\u007f", "\u00ff\u00fe", "\u00ed\u00a0\u0080", "\u00ef\u00bf\u00be", "\u00e2\u0080\u00ae", "\u00c2\u00a0", "\u00f0\u009f\u0098\u0080", "\u00cc\u0081",
        "<", ">", "&", "\"", "'", "%", "\\", "{", "}", "[", "]", "(", ")", "/", ";", "-", "$", "#", "?", "~", "..", " ", "\t", "\n",
    ];

    private static readonly string[] figures =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1e308", "1e999", "0.1", "00", "١",
    ];

    private readonly IReadOnlyList<string> texts = [.. seeds.Select(Encoding.Latin1.GetString)];
    private readonly Dictionary<string, IReadOnlyList<(int Start, int End)>> parts = new(StringComparer.Ordinal);

    /// <summary>The input of a number.</summary>
    public byte[] Mutate(int seed, int number)
    {
        // Two numbers that differ by one give sequences that have nothing in common only where they are mixed first.
        var random = new Random(unchecked((int)(((((uint)seed * 2654435761u) ^ (uint)number) * 2246822519u) >> 1)));
        var text = texts[random.Next(texts.Count)];
        var steps = 1;
        while (steps < 6 && random.Next(2) == 0)
            steps++;
        for (var step = 0; step < steps; step++)
        {
            text = Once(text, random);
            if (text.Length > MaxLength)
                text = text[..MaxLength];
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private string Once(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var end = Math.Min(text.Length, at + 1 + random.Next(random.Next(4) == 0 ? 2000 : 20));
        switch (random.Next(17))
        {
            case 0:
                return text[..at];
            case 1:
                return text[..at] + text[end..];
            case 2:
                return text.Insert(random.Next(text.Length + 1), text[at..end]);
            case 3:
                return text[..at] + Piece(random) + text[end..];
            case 4 or 5:
                return text.Insert(at, Piece(random));
            case 6:
                return Flip(text, random);
            case 7:
                return Swap(text, random);
            case 8:
                return Part(text, random) is var (from, to) ? text[..from] + text[to..] : text;
            case 9:
                return Part(text, random) is var (first, last) ? text.Insert(random.Next(text.Length + 1), text[first..last]) : text;
            case 10:
                return Part(text, random) is var (one, other) && Part(text, random) is var (there, _) ? text.Insert(there, text[one..other]) : text;
            case 11:
                return Repeat(text, at, random);
            case 12:
                var donor = texts[random.Next(texts.Count)];
                return text[..at] + donor[random.Next(donor.Length + 1)..];
            case 13:
                return Encode(text, random);
            case 14:
                return Figure(text, at, random);
            case 15:
                var noise = new byte[1 + random.Next(64)];
                random.NextBytes(noise);
                return text.Insert(at, Encoding.Latin1.GetString(noise));
            default:
                return text[..at] + (random.Next(2) == 0 ? text[at..end].ToUpperInvariant() : text[at..end].ToLowerInvariant()) + text[end..];
        }
    }

    private string Piece(Random random)
    {
        var own = pieces.Count > 0 && random.Next(3) > 0 ? pieces[random.Next(pieces.Count)] : awkward[random.Next(awkward.Length)];
        return random.Next(20) == 0 ? string.Concat(Enumerable.Repeat(own, 1 + random.Next(50))) : own;
    }

    private static string Flip(string text, Random random)
    {
        if (text.Length == 0)
            return text;
        var flipped = text.ToCharArray();
        for (var count = 1 + random.Next(8); count > 0; count--)
            flipped[random.Next(flipped.Length)] ^= (char)(1 << random.Next(8));
        return new string(flipped);
    }

    private string Swap(string text, Random random)
    {
        if (Part(text, random) is not var (from, to) || Part(text, random) is not var (start, end))
            return text;
        if (from > start)
            (from, to, start, end) = (start, end, from, to);
        return to > start ? text : text[..from] + text[start..end] + text[to..start] + text[from..to] + text[end..];
    }

    private string Repeat(string text, int at, Random random)
    {
        var piece = random.Next(3) switch
        {
            0 when Part(text, random) is var (from, to) => text[from..to],
            1 => text[at..Math.Min(text.Length, at + 1 + random.Next(40))],
            _ => Piece(random),
        };
        if (piece.Length == 0)
            return text;
        var most = Math.Max(1, (MaxLength - text.Length) / piece.Length);
        var times = 1 + random.Next(Math.Min(most, random.Next(12) == 0 ? 20_000 : 100));
        return text.Insert(at, string.Concat(Enumerable.Repeat(piece, times)));
    }

    private static string Encode(string text, Random random)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return random.Next(5) switch
        {
            0 => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))),
            1 => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)),
            2 => "\u00ef\u00bb\u00bf" + text,
            3 => Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes))),
            _ => Encoding.Latin1.GetString(Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(bytes))),
        };
    }

    private static string Figure(string text, int at, Random random)
    {
        var start = text.AsSpan(at).IndexOfAnyInRange('0', '9');
        if (start < 0)
            return text;
        start += at;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var figure = random.Next(2) == 0 ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(figures[random.Next(figures.Length)])) : random.Next().ToString(CultureInfo.InvariantCulture);
        if (random.Next(2) == 0 && figure.Length > end - start)
            figure = figure[..(end - start)];
        return text[..start] + figure + text[end..];
    }

    private (int Start, int End)? Part(string text, Random random)
    {
        if (!parts.TryGetValue(text, out var found))
        {
            found = structure(text);

            // The inputs to begin with are looked at again and again.
            if (parts.Count < 4 * texts.Count && texts.Contains(text, StringComparer.Ordinal))
                parts[text] = found;
        }

        return found.Count == 0 ? null : found[random.Next(found.Count)];
    }
}
