using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Denoised.LocalHost.Settings;

/// <summary>
/// The application settings as the Functions host sees them: environment variables, then the "Values" of local.settings.json. The command line
/// and the program's own configuration are excluded, because the host does not see them either.
/// </summary>
internal sealed partial class AppSettings
{
    private const string Section = "Values";

    private readonly Dictionary<string, string> byName;

    private AppSettings(Dictionary<string, string> byName) => this.byName = byName;

    /// <summary>The settings by name, with ":" between sections.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values => byName.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));

    /// <summary>Reads the environment and, if it exists, a folder's local.settings.json.</summary>
    /// <exception cref="InvalidDataException">The file is invalid; the message names the file and the position.</exception>
    public static AppSettings Read(string folder, IDictionary environment)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var file = Path.Combine(folder, "local.settings.json");
        if (File.Exists(file))
        {
            foreach (var (name, value) in ReadFile(file))
                values[Normalize(name)] = value;
        }

        foreach (DictionaryEntry variable in environment)
        {
            if (variable is { Key: string name, Value: string value })
                values[Normalize(name)] = value;
        }

        return new AppSettings(values);
    }

    /// <summary>Replaces each <c>%Name%</c> by the value of that setting.</summary>
    /// <param name="text">The text of an attribute.</param>
    /// <param name="resolved">The text with all settings replaced.</param>
    /// <param name="missing">The name of a setting that is missing, or nested (contains ":"), which the host cannot resolve.</param>
    public bool TryResolve(string text, out string resolved, out string? missing)
    {
        string? unknown = null;
        resolved = Placeholder().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (!name.Contains(':', StringComparison.Ordinal) && byName.TryGetValue(name, out var value) && value.Length > 0)
                return value;
            unknown ??= name;
            return match.Value;
        });
        missing = unknown;
        return unknown is null;
    }

    private static string Normalize(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static List<(string Name, string Value)> ReadFile(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"{file}: the file is to hold a JSON object.");
            if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
                throw new InvalidDataException($"{file}: encrypted settings cannot be read here; set \"IsEncrypted\" to false and write them plain.");
            if (!root.TryGetProperty(Section, out var listed))
                return [];
            if (listed.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"{file}: \"Values\" is to be an object of names and texts.");

            return [.. listed.EnumerateObject().Select(value => (value.Name, value.Value.ValueKind switch
            {
                JsonValueKind.String => value.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Value.GetRawText(),
                _ => throw new InvalidDataException($"{file}: the value of \"{value.Name}\" in \"Values\" is to be a text; the host takes no nested ones."),
            }))];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Placeholder();
}
