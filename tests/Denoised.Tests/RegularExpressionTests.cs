using System.Reflection;
using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.Tests;

/// <summary>Texts from outside may be hostile: the product's expressions match in linear time by construction, not by a time-out.</summary>
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
    public void An_expression_has_no_time_out_and_takes_no_lookaround() =>
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
