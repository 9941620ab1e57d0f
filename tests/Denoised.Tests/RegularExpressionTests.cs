using System.Reflection;
using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.Tests;

/// <summary>
/// Input can be hostile, so the regular expressions of the product use the non-backtracking engine. It matches in linear time and needs no timeout.
/// </summary>
public sealed class RegularExpressionTests
{
    [Fact]
    public void No_expression_of_the_product_backtracks() =>
        Assert.Empty(typeof(ArxivId).Assembly.GetTypes()
            .Where(static type => type != typeof(LinearRegex) && type.DeclaringType != typeof(LinearRegex))
            .SelectMany(static type => type.GetMembers(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static member => member is FieldInfo { FieldType: var field } && field == typeof(Regex)
                || member.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .Select(static member => $"{member.DeclaringType!.FullName}.{member.Name}"));

    [Fact]
    public void An_expression_with_a_lookaround_is_rejected() =>
        Assert.Throws<NotSupportedException>(() => new LinearRegex("(?=a)b").IsMatch("b"));

    [Theory]
    [InlineData("x\n")]
    [InlineData("x \n\n")]
    public void A_match_that_ends_with_a_line_feed_keeps_its_groups(string text)
    {
        LinearRegex regex = new(@"^(?<a>x)\s*");

        Assert.Equal("x", regex.Match(text).Groups["a"].Value);
        Assert.Equal("x", Assert.Single(regex.Matches(text)).Groups["a"].Value);
        Assert.Equal("y" + text[text.IndexOf('\n', StringComparison.Ordinal)..], regex.Replace(text, match => match.Groups["a"].Value == "x" ? "y" : ""));
    }
}
