using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Denoised;

/// <summary>Creates regular expressions for text that others wrote: a match takes time linear in the text's length, so no time-out is needed.</summary>
internal static class LinearRegex
{
    /// <summary>A culture-invariant expression without backtracking; only named groups capture. Lookarounds and atomic groups are not supported.</summary>
    public static Regex Create([StringSyntax(StringSyntaxAttribute.Regex, nameof(options))] string pattern, RegexOptions options = RegexOptions.None) =>
#pragma warning disable MA0009 // Without backtracking there is nothing to deny service with.
        new(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
#pragma warning restore MA0009
}
