using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Denoised.Domain;

namespace Denoised.Tests.Domain;

/// <summary>Identifiers as row keys, file names and URL segments.</summary>
public sealed partial class ArxivIdPropertyTests
{
    private static readonly Gen<string> month = Gen.Select(Gen.Int[0, 99], Gen.Int[1, 12], static (year, month) => $"{year:00}{month:00}");

    private static readonly Gen<string> modern = Gen.Select(month, Gen.Int[0, 99_999], Gen.Bool, static (month, number, isLong) => isLong ? $"{month}.{number:00000}" : $"{month}.{number % 10_000:0000}");

    private static readonly Gen<string> old = Gen.Select(
        Gen.OneOf("astro-ph", "cond-mat", "cs", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "math", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "quant-ph", "alg-geom", "chao-dyn", "cmp-lg", "solv-int"),
        month,
        Gen.Int[0, 999],
        static (archive, month, number) => $"{archive}/{month}{number:000}");

    private static readonly Gen<string> any = Gen.OneOf(modern, old);

    private static readonly string[] hostile =
    [
        "/", "\\", "#", "?", "%", "%2F", "..", "../", "~", "\0", "\n", "\t", "\u007f", "\u0085", "\u00a0", "\u2028", "\u202e", "٣", "３", "а", "é", "\ud800", "😀", "'", "\"", "<", ">", "|", "*", ":", ";", " ", "v0", "v1", "v99999", "/abs/", "https://arxiv.org/abs/", "javascript:", ".pdf", "arXiv:", "$web", "con", "-", ".",
    ];

    [Fact]
    public void Every_identifier_round_trips_through_its_key_and_JSON() => any.Sample(static text =>
    {
        var id = ArxivId.Parse(text);
        Assert.Equal(text, id.Value);
        Assert.Equal(id, ArxivId.FromKey(id.Key));
        Assert.Equal(id, JsonSerializer.Deserialize<ArxivId>(JsonSerializer.Serialize(id)));
    });

    [Fact]
    public void A_key_is_valid_as_a_row_key_a_blob_or_file_name_and_a_URL_segment() => any.Sample(static text =>
    {
        var key = ArxivId.Parse(text).Key;
        Assert.Matches(Legal(), key);
        Assert.Equal(key, Uri.EscapeDataString(key));
        Assert.Equal($"/papers/{key}/", new Uri($"https://example.org/papers/{key}/").AbsolutePath);
        Assert.Equal(-1, key.IndexOfAny(Path.GetInvalidFileNameChars()));
        Assert.DoesNotContain("..", key, StringComparison.Ordinal);
        Assert.False(key[^1] is '.' or ' ');
    });

    [Fact]
    public void Two_identifiers_never_share_a_key_even_without_case() =>
        Gen.Select(any, any).Sample(static (left, right) => Assert.Equal(left == right, ArxivId.Parse(left).Key.Equals(ArxivId.Parse(right).Key, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void All_forms_of_one_paper_parse_to_one_identifier() => Gen.Select(
        any, Gen.OneOf("", "arXiv:", "oai:arXiv.org:", "http://arxiv.org/abs/", "https://arxiv.org/html/", "https://export.arxiv.org/pdf/"), Gen.Int[0, 9999], Gen.OneOf("", " ", "\n")).Sample(static (text, before, version, space) =>
    {
        Assert.True(ArxivId.TryParse($"{space}{before}{text}{(version == 0 ? "" : $"v{version}")}{space}", out var id, out var parsed));
        Assert.Equal((text, version == 0 ? null : version), (id.Value, parsed));
    });

    [Fact]
    public void A_damaged_identifier_is_rejected_or_has_valid_characters_only() => Gen.Select(
        any, Gen.OneOf(hostile), Gen.Int[0, 24], Gen.Int[0, 3]).Sample(static (text, piece, at, length) =>
    {
        at = Math.Min(at, text.Length);
        var damaged = text[..at] + piece + text[Math.Min(text.Length, at + length)..];
        if (ArxivId.TryParse(damaged, out var id))
            Assert.Matches(Strict(), id.Value);
        else
            Assert.Throws<FormatException>((Action)(() => ArxivId.Parse(damaged)));
    }, iter: 2000);

    [Fact]
    public void FromKey_accepts_only_keys() => Gen.Select(any, Gen.OneOf(hostile), Gen.Int[0, 24]).Sample(static (text, piece, at) =>
    {
        at = Math.Min(at, text.Length);
        var key = text[..at] + piece + text[at..];
        ArxivId? read = null;
        try
        {
            read = ArxivId.FromKey(key);
        }
        catch (FormatException exception)
        {
            Assert.Contains(key, exception.Message, StringComparison.Ordinal);
        }

        if (read is { } id)
            Assert.Equal(key, id.Key);
    }, iter: 2000);

    [Theory]
    [InlineData("2603.15569v2")]
    [InlineData("arXiv:2603.15569")]
    [InlineData(" 2603.15569")]
    [InlineData("math/0211159")]
    [InlineData("math.GT~0309136")]
    public void FromKey_rejects_identifiers_that_are_not_keys(string key) => Assert.Throws<FormatException>(() => ArxivId.FromKey(key));

    [GeneratedRegex(@"\A[a-z0-9.~-]{9,30}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Legal();

    [GeneratedRegex(@"\A([0-9]{4}\.[0-9]{4,5}|[a-z]+(-[a-z]+)?/[0-9]{7})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Strict();
}
