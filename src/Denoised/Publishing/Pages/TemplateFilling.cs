using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Denoised.Text;

namespace Denoised.Publishing.Pages;

/// <summary>
/// Fills the page's <c>&lt;template&gt;</c> elements with data, as text only. <c>frontend/README.md</c> defines the placeholders;
/// <c>frontend/src/templates/fill.ts</c> implements the same in the browser, and both pass <c>frontend/test/fill-cases.json</c>.
/// </summary>
internal static class TemplateFilling
{
    private const string AttributeMark = "data-attr-";

    /// <summary>Creates a filled copy of a template's content.</summary>
    public static IDocumentFragment Fill(IHtmlTemplateElement template, JsonNode data)
    {
        var content = (IDocumentFragment)template.Content.Clone(deep: true);
        var scope = new Scope(data, Outer: null);
        foreach (var child in content.Children.ToList())
            FillElement(child, scope);
        return content;
    }

    private static void FillElement(IElement element, Scope scope)
    {
        if (Take(element, "data-each") is { } each)
        {
            foreach (var item in scope.Find(each) as JsonArray ?? [])
            {
                var copy = (IElement)element.Clone(deep: true);
                element.Parent!.InsertBefore(copy, element);
                FillElement(copy, new Scope(item, scope));
            }

            element.Remove();
            return;
        }

        if (Take(element, "data-if") is { } condition && !Evaluate(scope, condition))
        {
            element.Remove();
            return;
        }

        foreach (var attribute in element.Attributes.Where(attribute => attribute.Name.StartsWith(AttributeMark, StringComparison.Ordinal)).ToList())
        {
            element.RemoveAttribute(attribute.Name);
            if (Interpolate(scope, attribute.Value) is { } value)
                element.SetAttribute(attribute.Name[AttributeMark.Length..], value);
        }

        if (Take(element, "data-text") is { } text)
        {
            element.TextContent = Interpolate(scope, text) ?? "";
            return;
        }

        foreach (var child in element.Children.ToList())
            FillElement(child, scope);
    }

    private static bool Evaluate(Scope scope, string condition)
    {
        var isNegated = condition.StartsWith('!');
        var parts = condition[(isNegated ? 1 : 0)..].Split('=');
        var value = scope.Find(parts[0]);
        return isNegated != (parts.Length > 1 ? (value is null ? "" : Text(value)) == parts[1] : IsSomething(value));
    }

    /// <summary>The text with its placeholders replaced, or null if one of them has no value.</summary>
    private static string? Interpolate(Scope scope, string text)
    {
        var isMissing = false;
        var filled = Placeholder.Replace(text, match =>
        {
            if (scope.Find(match.Groups["path"].Value) is not { } value)
            {
                isMissing = true;
                return "";
            }

            return match.Groups["format"] is { Success: true } format ? TemplateFormats.Write(format.Value, Text(value)) : Text(value);
        });
        return isMissing ? null : filled;
    }

    private static bool IsSomething(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetValue<string>().Length > 0,
        JsonValueKind.Number => Text(value) is not ("0" or "0.0" or "-0"),
        JsonValueKind.Array => value.AsArray().Count > 0,
        _ => true,
    };

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string? Take(IElement element, string mark)
    {
        var value = element.GetAttribute(mark);
        if (value is not null)
            element.RemoveAttribute(mark);
        return value;
    }

    private static readonly LinearRegex Placeholder = new(@"\{(?<path>[A-Za-z0-9_.]+)(\|(?<format>[A-Za-z0-9_]+))?\}");

    /// <summary>The data in scope of an element, innermost first.</summary>
    private sealed record Scope(JsonNode? Value, Scope? Outer)
    {
        /// <summary>Resolves a dotted path from the innermost object that has its first name; <c>.</c> is the innermost value itself.</summary>
        public JsonNode? Find(string path)
        {
            if (path == ".")
                return Value;

            var names = path.Split('.');
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if ((scope.Value as JsonObject)?[names[0]] is { } found)
                    return names.Skip(1).Aggregate((JsonNode?)found, (value, name) => (value as JsonObject)?[name]);
            }

            return null;
        }
    }
}
