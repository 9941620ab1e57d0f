using System.Text.Json;
using System.Text.Json.Nodes;

namespace Denoised.Publishing.Tex;

/// <summary>The commands that are understood in titles and abstracts: <c>frontend/src/maths/tex-commands.json</c>, which the page reads, too.</summary>
internal static class TexCommands
{
    private static readonly JsonObject table = Read();

    /// <summary>Commands that put a mark on a letter, with the combining mark.</summary>
    public static IReadOnlyDictionary<string, char> Accents { get; } =
        table["accents"]!.AsObject().ToDictionary(accent => accent.Key, accent => accent.Value!.GetValue<string>()[0], StringComparer.Ordinal);

    /// <summary>Letters of other alphabets; TeX ends such a command at a blank.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = Pairs("letters");

    /// <summary>Signs and abbreviations.</summary>
    public static IReadOnlyDictionary<string, string> Symbols { get; } = Pairs("symbols");

    /// <summary>Commands whose one argument is shown.</summary>
    public static IReadOnlySet<string> Styles { get; } = Values("styles");

    /// <summary>Commands that change what follows in their group.</summary>
    public static IReadOnlySet<string> Switches { get; } = Values("switches");

    /// <summary>Commands whose second argument is shown.</summary>
    public static IReadOnlySet<string> SkipFirst { get; } = new HashSet<string>([.. Words("links"), .. Words("skipFirst")], StringComparer.Ordinal);

    /// <summary>Commands whose argument names what is cited.</summary>
    public static IReadOnlySet<string> Cites { get; } = new HashSet<string>(Words("cites"), StringComparer.Ordinal);

    /// <summary>Commands whose argument is a note.</summary>
    public static IReadOnlySet<string> Notes { get; } = new HashSet<string>(Words("notes"), StringComparer.Ordinal);

    /// <summary>Commands that show nothing.</summary>
    public static IReadOnlySet<string> Drop { get; } = new HashSet<string>(Words("drop"), StringComparer.Ordinal);

    /// <summary>Commands that show nothing, nor does their argument.</summary>
    public static IReadOnlySet<string> DropWithArgument { get; } = new HashSet<string>(Words("dropWithArgument"), StringComparer.Ordinal);

    private static JsonObject Read()
    {
        using var file = typeof(TexCommands).Assembly.GetManifestResourceStream("Denoised.TexCommands.json")!;
        return JsonNode.Parse(file, documentOptions: new JsonDocumentOptions())!.AsObject();
    }

    private static string[] Words(string name) => table[name]!.GetValue<string>().Split(' ');

    private static HashSet<string> Values(string name) =>
        new(table[name]!.AsObject().SelectMany(style => style.Value!.GetValue<string>().Split(' ')), StringComparer.Ordinal);

    /// <summary><c>name value name value …</c>; ␣ stands for a blank within a value.</summary>
    private static Dictionary<string, string> Pairs(string name) =>
        Words(name).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Replace('␣', ' '), StringComparer.Ordinal);
}
