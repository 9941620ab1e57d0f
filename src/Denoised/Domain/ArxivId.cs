using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Domain;

/// <summary>
/// An arXiv identifier without its version: <c>2603.15569</c> (since April 2007) or old style, <c>math/0211159</c>. Drops the subject class of old
/// identifiers (<c>math.GT/0309136</c>), as arXiv's canonical form does. Source: https://info.arxiv.org/help/arxiv_identifier.html.
/// </summary>
[JsonConverter(typeof(ArxivIdJsonConverter))]
public readonly record struct ArxivId
{
    private readonly string? value;

    private ArxivId(string value) => this.value = value;

    /// <summary>The identifier in arXiv's form, without "arXiv:" and without a version.</summary>
    public string Value => value ?? throw new InvalidOperationException("This identifier was never set.");

    /// <summary>
    /// The identifier as a table key, blob name or URL path segment. The slash of old identifiers, which these do not allow, becomes a tilde. The
    /// mapping is one-to-one: no identifier contains a tilde.
    /// </summary>
    public string Key => Value.Replace('/', '~');

    /// <summary>Parses an identifier; see <see cref="TryParse(string?, out ArxivId, out int?)"/> for the accepted forms.</summary>
    /// <exception cref="FormatException">The text is not an arXiv identifier; the message quotes it.</exception>
    public static ArxivId Parse(string text) =>
        TryParse(text, out var id, out _) ? id : throw new FormatException($"'{text}' is not an arXiv identifier (such as 2603.15569 or math/0211159).");

    /// <summary>Parses a <see cref="Key"/>.</summary>
    /// <exception cref="FormatException">The text is not the key of an arXiv identifier; the message quotes it.</exception>
    public static ArxivId FromKey(string key) =>
        TryParse(key.Replace('~', '/'), out var id) && id.Key == key
        ? id
        : throw new FormatException($"'{key}' is not the key of an arXiv identifier (such as 2603.15569 or math~0211159).");

    /// <inheritdoc cref="TryParse(string?, out ArxivId, out int?)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out ArxivId id) => TryParse(text, out id, out _);

    /// <summary>
    /// Parses an identifier in any case with an optional "arXiv:" prefix, an optional abs, html or pdf URL prefix, and an optional version: <c>2603.15569</c>,
    /// <c>arXiv:2603.15569v2</c>, <c>oai:arXiv.org:2603.15569v1</c>, <c>http://arxiv.org/abs/math/0211159v1</c>.
    /// </summary>
    /// <param name="text">The text; surrounding white space is ignored.</param>
    /// <param name="id">The identifier.</param>
    /// <param name="version">The version, starting at 1; null if the text has none.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out ArxivId id, out int? version)
    {
        id = default;
        version = null;
        if (text is null || text.Length > 200 || Pattern.Match(text.Trim()) is not { Success: true } match)
            return false;

        if (match.Groups["version"].Success)
        {
            if (!int.TryParse(match.Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed == 0)
                return false;
            version = parsed;
        }

        id = new ArxivId(match.Groups["new"] is { Success: true } modern
            ? modern.Value
            : $"{match.Groups["archive"].Value.ToLowerInvariant()}/{match.Groups["number"].Value}");
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    private static readonly LinearRegex Pattern = new(
        """
        ^
        (?: oai:arXiv\.org: | arXiv: | https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/ )?
        (?: (?<new>[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}) | (?<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?<number>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}) )
        (?: v(?<version>[0-9]{1,4}) )?
        (?: \.pdf )?
        \z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase);

    /// <summary>Writes an identifier as a JSON string.</summary>
    internal sealed class ArxivIdJsonConverter : JsonConverter<ArxivId>
    {
        public override ArxivId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("This is not an arXiv identifier.");

        public override void Write(Utf8JsonWriter writer, ArxivId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
