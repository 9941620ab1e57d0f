using System.Text.Json;
using System.Text.Json.Nodes;

namespace Denoised.Publishing.Tex;

/// <summary>
/// The supported TeX commands in titles and abstracts, from <c>frontend/src/maths/tex-commands.json</c>, which the page also reads.
/// </summary>
internal static class TexCommands
{
    private static readonly JsonObject table = Read();

    /// <summary>Commands for accents, with the combining character.</summary>
    public static IReadOnlyDictionary<string, char> Accents { get; } =
        table["accents"]!.AsObject().ToDictionary(accent => accent.Key, accent => accent.Value!.GetValue<string>()[0], StringComparer.Ordinal);

    /// <summary>Letters of other alphabets. TeX ends such a command at a space.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = Pairs("letters");

    /// <summary>Symbols and abbreviations.</summary>
    public static IReadOnlyDictionary<string, string> Symbols { get; } = Pairs("symbols");

    /// <summary>Commands whose only argument is shown.</summary>
    public static IReadOnlySet<string> Styles { get; } = Values("styles");

    /// <summary>Commands that affect the rest of their group.</summary>
    public static IReadOnlySet<string> Switches { get; } = Values("switches");

    /// <summary>Commands whose second argument is shown.</summary>
    public static IReadOnlySet<string> SkipFirst { get; } = new HashSet<string>([.. Words("links"), .. Words("skipFirst")], StringComparer.Ordinal);

    /// <summary>Commands whose argument contains citation keys.</summary>
    public static IReadOnlySet<string> Cites { get; } = new HashSet<string>(Words("cites"), StringComparer.Ordinal);

    /// <summary>Commands whose argument is a footnote.</summary>
    public static IReadOnlySet<string> Notes { get; } = new HashSet<string>(Words("notes"), StringComparer.Ordinal);

    /// <summary>Commands without output.</summary>
    public static IReadOnlySet<string> Drop { get; } = new HashSet<string>(Words("drop"), StringComparer.Ordinal);

    /// <summary>Commands without output, including their argument.</summary>
    public static IReadOnlySet<string> DropWithArgument { get; } = new HashSet<string>(Words("dropWithArgument"), StringComparer.Ordinal);

    private static JsonObject Read()
    {
        using var file = typeof(TexCommands).Assembly.GetManifestResourceStream("Denoised.TexCommands.json")!;
        return JsonNode.Parse(file, documentOptions: new JsonDocumentOptions())!.AsObject();
    }

    private static string[] Words(string name) => table[name]!.GetValue<string>().Split(' ');

    private static HashSet<string> Values(string name) =>
        new(table[name]!.AsObject().SelectMany(style => style.Value!.GetValue<string>().Split(' ')), StringComparer.Ordinal);

    /// <summary>The format is <c>name value name value …</c>; ␣ is a space within a value.</summary>
    private static Dictionary<string, string> Pairs(string name) =>
        Words(name).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Replace('␣', ' '), StringComparer.Ordinal);
}
