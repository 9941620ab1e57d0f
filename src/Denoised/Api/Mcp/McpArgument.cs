using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace Denoised.Api.Mcp;

/// <summary>An argument of a tool.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">Its effect, for the model that calls the tool.</param>
internal sealed record McpArgument(string Name, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>The allowed values; null if any text is allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The highest number; null for text. The lowest is 1.</summary>
    public int? MaxNumber { get; init; }

    /// <summary>The highest number of texts in a list; null for a single value.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The highest number of characters of a text.</summary>
    public int MaxLength { get; init; } = 300;

    /// <summary>The JSON schema.</summary>
    public JsonObject Schema()
    {
        if (MaxNumber is { } maxNumber)
            return new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = maxNumber, ["description"] = Description };

        var text = new JsonObject { ["type"] = "string", ["maxLength"] = MaxLength };
        if (Values is not null)
            text["enum"] = new JsonArray([.. Values.Select(value => (JsonNode)value)]);
        if (MaxItems is { } maxItems)
            return new JsonObject
            {
                ["type"] = "array",
                ["items"] = text,
                ["minItems"] = IsRequired ? 1 : 0,
                ["maxItems"] = maxItems,
                ["description"] = Description,
            };
        text["description"] = Description;
        return text;
    }

    /// <summary>Checks a value against the schema.</summary>
    /// <returns>The texts; a number is given as its digits.</returns>
    /// <exception cref="McpException">The value does not fit; the message says what to change.</exception>
    public IReadOnlyList<string> Read(JsonElement value)
    {
        if (MaxNumber is { } maxNumber)
        {
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= maxNumber
                ? [value.GetRawText()]
                : throw new McpException($"'{Name}' must be an integer between 1 and {maxNumber}.");
        }

        if (MaxItems is not { } maxItems)
            return [ReadText(value)];
        // Models often send a single value where a list is expected.
        if (value.ValueKind == JsonValueKind.String)
            return [ReadText(value)];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maxItems)
            throw new McpException($"'{Name}' must be an array of at most {maxItems} strings.");
        return [.. value.EnumerateArray().Select(ReadText)];
    }

    private string ReadText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text)
            throw new McpException($"'{Name}' must be a string.");
        if (text.Length > MaxLength)
            throw new McpException($"'{Name}' has {text.Length} characters; the maximum is {MaxLength}.");
        return Values is null || Values.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new McpException($"'{Problem.Shorten(text)}' is not a valid value of '{Name}'. Allowed values: {string.Join(", ", Values)}.");
    }
}

/// <summary>The checked arguments of a call.</summary>
internal sealed class McpArguments
{
    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);

    /// <summary>Checks the arguments of a call. Null counts as absent.</summary>
    /// <exception cref="McpException">An argument is unknown, missing or invalid; the message says what to change.</exception>
    public McpArguments(string tool, IReadOnlyList<McpArgument> known, IEnumerable<KeyValuePair<string, JsonElement>>? sent)
    {
        foreach (var (name, value) in sent ?? [])
        {
            var argument = known.FirstOrDefault(argument => argument.Name == name)
                ?? throw new McpException($"'{Problem.Shorten(name)}' is not an argument of {tool}. Its arguments: {(known.Count == 0 ? "none" : string.Join(", ", known.Select(argument => argument.Name)))}.");
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                values[name] = argument.Read(value);
        }

        if (known.FirstOrDefault(argument => argument.IsRequired && GetList(argument.Name).Count == 0) is { } missing)
            throw new McpException($"'{missing.Name}' is missing: {missing.Description}");
    }

    /// <summary>The values of an argument that is a list.</summary>
    public IReadOnlyList<string> GetList(string name) => values.GetValueOrDefault(name, []);

    /// <summary>The value of an argument; null if it is absent.</summary>
    public string? GetText(string name) => GetList(name) is [var text, ..] ? text : null;

    /// <summary>The value of a number; the default if it is absent.</summary>
    public int GetNumber(string name, int defaultValue) =>
        GetText(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : defaultValue;
}
