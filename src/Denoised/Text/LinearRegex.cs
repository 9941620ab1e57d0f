using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Denoised.Text;

/// <summary>
/// A non-backtracking regular expression for untrusted text. Matching is linear in the length of the text and needs no timeout. Culture-invariant;
/// captures only named groups; does not support lookarounds and atomic groups. Compiled on first use: an automaton can take megabytes, and many
/// patterns are rarely needed.
/// </summary>
internal sealed class LinearRegex([StringSyntax(StringSyntaxAttribute.Regex, nameof(options))] string pattern, RegexOptions options = RegexOptions.None)
{
    private readonly Lazy<Regex> regex = new(() => new Regex(
        pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout));

    /// <inheritdoc cref="Regex.IsMatch(ReadOnlySpan{char})"/>
    public bool IsMatch(ReadOnlySpan<char> text) => regex.Value.IsMatch(text);

    /// <inheritdoc cref="Regex.Match(string)"/>
    public Match Match(string text) => regex.Value.Match(WithoutLastLineEnd(text));

    /// <inheritdoc cref="Regex.Match(string, int)"/>
    public Match Match(string text, int start) => regex.Value.Match(WithoutLastLineEnd(text), start);

    /// <inheritdoc cref="Regex.Matches(string)"/>
    public MatchCollection Matches(string text) => regex.Value.Matches(WithoutLastLineEnd(text));

    /// <inheritdoc cref="Regex.Matches(string, int)"/>
    public MatchCollection Matches(string text, int start) => regex.Value.Matches(WithoutLastLineEnd(text), start);

    /// <inheritdoc cref="Regex.EnumerateMatches(ReadOnlySpan{char})"/>
    public Regex.ValueMatchEnumerator EnumerateMatches(ReadOnlySpan<char> text) => regex.Value.EnumerateMatches(text);

    /// <inheritdoc cref="Regex.Count(string)"/>
    public int Count(string text) => regex.Value.Count(text);

    /// <inheritdoc cref="Regex.Split(string)"/>
    public string[] Split(string text) => regex.Value.Split(text);

    /// <inheritdoc cref="Regex.Replace(string, string)"/>
    public string Replace(string text, string replacement) => regex.Value.Replace(text, replacement);

    /// <inheritdoc cref="Regex.Replace(string, MatchEvaluator)"/>
    public string Replace(string text, MatchEvaluator evaluator)
    {
        var matched = WithoutLastLineEnd(text);
        return string.Concat(regex.Value.Replace(matched, evaluator), text.AsSpan(matched.Length));
    }

    /// <summary>
    /// Works around a bug in .NET 10: a match that ends with the last line feed of the text loses its groups (<c>^(?&lt;a&gt;x)\s*</c> on "x\n").
    /// </summary>
    private static string WithoutLastLineEnd(string text) => text.EndsWith('\n') ? text.TrimEnd('\n') : text;
}
