using System.Reflection;
using System.Text.RegularExpressions;
using Denoised.Papers;

namespace Denoised.Tests;

/// <summary>Texts from outside may be hostile: the product's expressions match in linear time by construction, not by a time-out.</summary>
public sealed class RegularExpressionTests
{
    [Fact]
    public void Every_regular_expression_is_non_backtracking()
    {
        var expressions = typeof(ArxivId).Assembly.GetTypes()
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static field => field.FieldType == typeof(Regex))
            .Select(static field => (Name: $"{field.DeclaringType!.FullName}.{field.Name}", Regex: (Regex)field.GetValue(null)!))
            .ToList();

        Assert.True(expressions.Count > 50, $"Only {expressions.Count} found.");
        Assert.Empty(expressions.Where(static found => !found.Regex.Options.HasFlag(RegexOptions.NonBacktracking)).Select(static found => found.Name));
    }

    [Fact]
    public void No_method_returns_a_generated_expression() =>
        Assert.Empty(typeof(ArxivId).Assembly.GetTypes()
            .SelectMany(static type => type.GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static member => member.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .Select(static member => $"{member.DeclaringType!.FullName}.{member.Name}"));
}
