using System.Reflection;
using System.Text.RegularExpressions;
using Denoised.Papers;

namespace Denoised.Tests;

/// <summary>No expression of the product takes the square of a hostile text's length: each is given texts made of its own words and signs.</summary>
public sealed class RegularExpressionTests
{
    private const int Length = 100_000;

    // What takes time in proportion to the length takes a few milliseconds; the square of it takes seconds.
    private static readonly TimeSpan most = TimeSpan.FromSeconds(1);

    // What takes no more for a tenth of the length takes half a second for the whole of it, even if it takes the square.
    private static readonly TimeSpan mostOfTenth = TimeSpan.FromMilliseconds(5);

    public static TheoryData<string> Expressions() =>
    [
        .. typeof(ArxivId).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static method => method.ReturnType == typeof(Regex) && method.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .Select(static method => $"{method.DeclaringType!.FullName}.{method.Name}")
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_hostile_text_of_100_KB_takes_no_second(string name)
    {
        var dot = name.LastIndexOf('.');
        var method = typeof(ArxivId).Assembly.GetType(name[..dot], throwOnError: true)!.GetMethod(name[(dot + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        var regex = (Regex)method.Invoke(null, null)!;
        foreach (var write in Hostile(regex.ToString()))
        {
            if (TimeFor(regex, write(Length / 10)) <= mostOfTenth)
                continue;
            var text = write(Length);
            var time = TimeFor(regex, text);
            Assert.True(time <= most, $"{name} takes {time.TotalSeconds:0.0} s for {Length} characters that begin '{text[..40]}'.");
        }
    }

    private static TimeSpan TimeFor(Regex regex, string text) => ThreadTime.Of(() =>
    {
        try
        {
            _ = regex.Count(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Its own time-out is no less than the bound.
        }
    });

    /// <summary>Writes texts of a length: runs of the expression's own words and signs, alone, in pairs, and behind each of its beginnings.</summary>
    private static IEnumerable<Func<int, string>> Hostile(string pattern)
    {
        var words = Regex.Matches(pattern.Replace("\\s+", " ", StringComparison.Ordinal).Replace("\\s*", " ", StringComparison.Ordinal), @"[A-Za-z]{2,}|[0-9]+|\\?[^\sA-Za-z0-9]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            .Select(static match => match.Value.TrimStart('\\'))
            .Where(static word => word.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Take(40)
            .ToList();
        string[] runs = [" ", "\n", "a", "A", "aA", "0", "0.", ".", "-", "a-", "a.", "a ", "A ", "<", "(", "{", "$", "*", "\\", ",", "_", "0 ", "1,", "é"];
        foreach (var run in runs)
        {
            yield return length => Repeated(run, length);
            yield return length => Repeated(run, length - 1) + "!";
        }

        foreach (var word in words)
        {
            yield return length => Repeated(word, length);
            yield return length => Repeated(word + " ", length);
            foreach (var run in (string[])[" ", "a", "0", "."])
            {
                yield return length => word + Repeated(run, length - word.Length);
                yield return length => Repeated(word + run, length);
            }
        }
    }

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];
}
